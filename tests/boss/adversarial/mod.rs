mod fgsm;
mod input_gradient;
mod pgd;

use judge::{Broken, Verdict, ensure, equal, rejected};
use kit::{Dense, InputError, Matrix};

use super::networks::three_to_two;

/// As many pixels as before, none beyond ε or outside 0 to 1.
fn within_limits(call: &str, got: &[f64], x: &[f64], epsilon: f64) -> Verdict {
    equal("the number of pixels", got.len(), x.len(), "One pixel comes back for each that went in.")?;
    for (i, (new, old)) in got.iter().zip(x).enumerate() {
        // ε, its sum with x and what the law takes away again: three roundings of numbers below 4.
        let allowed = epsilon + judge::rounding(4, 4.0);
        ensure((new - old).abs() <= allowed, || {
            let look = "Measure from the original image, whatever happened on the way.";
            let want = format!("at most {epsilon} away from {old}");
            Broken::answer(format!("{call} = {got:?}: pixel {i} became {new}"), want, look)
        })?;
        ensure((0.0..=1.0).contains(new), || {
            let look = "A pixel darker than black or brighter than white is no image: cut it off there.";
            Broken::answer(format!("{call} = {got:?}: pixel {i} became {new}"), "a pixel from 0 to 1", look)
        })?;
    }
    Ok(())
}

/// A kata of this file, on a network, an image and a label; what else it takes is fixed.
type PredictRequest = fn(&[Dense], &[f64], usize) -> Result<Vec<f64>, InputError>;

/// Networks, images and labels that do not fit together are rejected.
fn rejects_what_does_not_fit(kata: &str, ask: PredictRequest) -> Verdict {
    let (network, x) = (three_to_two(), [0.5, 0.25, 1.0]);
    let want = InputError::TooFew { got: 0, wanted: 1 };
    rejected(&format!("{kata}([], x, 0, …)"), ask(&[], &x, 0), want, "A network has a layer.")?;
    let want = InputError::ShapeMismatch { left: (1, 2), right: (2, 3) };
    let call = format!("{kata}(3 → 2 → 2, two pixels, 0, …)");
    rejected(&call, ask(&network, &x[..2], 0), want, "`accepts` of the first layer, with x as a row.")?;
    let want = InputError::ShapeMismatch { left: (1, 2), right: (2, 3) };
    let twice = [network[0].clone(), network[0].clone()];
    let call = format!("{kata}(3 → 2, 3 → 2, x, 0, …)");
    rejected(&call, ask(&twice, &x, 0), want, "Each layer is asked whether it accepts what reaches it.")?;
    let want = InputError::LengthMismatch { left: 2, right: 1 };
    let odd = [network[0].clone(), Dense { bias: vec![0.0], ..network[1].clone() }];
    let call = format!("{kata}(last layer with one bias, x, 0, …)");
    rejected(&call, ask(&odd, &x, 0), want, "Each layer is asked whether it is one.")?;
    for got in [2, 3] {
        let want = InputError::UnknownClass { index: 0, got, classes: 2 };
        let call = format!("{kata}(3 → 2 → 2, x, {got}, …)");
        rejected(&call, ask(&network, &x, got), want, "The last layer's outputs are the classes, from 0.")?;
    }
    let none = [Dense { weights: Matrix::zeros(0, 3), bias: vec![] }];
    let want = InputError::UnknownClass { index: 0, got: 0, classes: 0 };
    rejected(&format!("{kata}(3 → 0, x, 0, …)"), ask(&none, &x, 0), want, "Of no classes 0 is not one.")
}

/// Numbers that are not finite are rejected, by name and place, and so are logits that became so.
fn rejects_what_is_not_finite(kata: &str, ask: PredictRequest, bad: f64, k: usize) -> Verdict {
    let (network, x) = (three_to_two(), [0.5, 0.25, 1.0]);
    let rejection = |name, index| InputError::NotFinite { name, index };
    // Of 2×3 and of 2×2 weights, somewhere in both rows.
    let places = [2 * k + 1, k + 1];
    let with = |a: &Matrix, index: usize| {
        Matrix::from_fn(a.rows(), a.cols(), |i, j| if i * a.cols() + j == index { bad } else { a[(i, j)] })
    };
    let look = "`accepts` of each layer tells name and place.";
    let mut odd = x;
    odd[k] = bad;
    rejected(&format!("{kata}(network, x, 0, …)"), ask(&network, &odd, 0), rejection("x", k), look)?;
    for l in 0..2 {
        let mut odd = network.clone();
        odd[l].weights = with(&odd[l].weights, places[l]);
        let call = format!("{kata}(network with {bad} in layer {l}, x, 0, …)");
        rejected(&call, ask(&odd, &x, 0), rejection("weights", places[l]), look)?;
        let mut odd = network.clone();
        odd[l].bias[k % 2] = bad;
        rejected(&call, ask(&odd, &x, 0), rejection("bias", k % 2), look)?;
    }
    let huge = Dense {
        weights: Matrix::from_rows([[1.0; 3], [1e308; 3], [2.0; 3], [1e308; 3]]),
        bias: vec![0.0; 4],
    };
    let look = "Each weight is finite, but not their sum: a probability of ∞/∞ is none. The first such \
        class is told.";
    rejected(
        &format!("{kata}(weights of 10³⁰⁸, (1, 1, 1), 0, …)"),
        ask(&[huge], &[1.0; 3], 0),
        rejection("logits", 1),
        look,
    )
}
