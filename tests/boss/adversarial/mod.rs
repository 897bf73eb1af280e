mod fgsm;
mod input_gradient;
mod pgd;

use judge::{Broken, Verdict, ensure, equal, rejected};
use kit::{Dense, InputError, Matrix};

use super::networks::three_to_two;

/// As many pixels as before, none beyond ε or outside 0 to 1.
fn within_limits(call: &str, got: &[f64], x: &[f64], epsilon: f64) -> Verdict {
    equal("the number of pixels", got.len(), x.len(), "The answer has one pixel per pixel of x.")?;
    for (i, (new, old)) in got.iter().zip(x).enumerate() {
        // ε, its sum with x and what the law takes away again: three roundings of numbers below 4.
        let allowed = epsilon + judge::rounding(4, 4.0);
        ensure((new - old).abs() <= allowed, || {
            let look = "Measure the distance from the original image.";
            let want = format!("at most {epsilon} away from {old}");
            Broken::answer(format!("{call} = {got:?}: pixel {i} became {new}"), want, look)
        })?;
        ensure((0.0..=1.0).contains(new), || {
            let look = "Clip the pixels to the range 0 to 1.";
            Broken::answer(format!("{call} = {got:?}: pixel {i} became {new}"), "a pixel from 0 to 1", look)
        })?;
    }
    Ok(())
}

/// A kata of this file, on a network, an image and a label; what else it takes is fixed.
type Attack = fn(&[Dense], &[f64], usize) -> Result<Vec<f64>, InputError>;

/// Networks, images and labels that do not fit together are rejected.
fn rejects_what_does_not_fit(kata: &str, attack: Attack) -> Verdict {
    let (network, x) = (three_to_two(), [0.5, 0.25, 1.0]);
    let want = InputError::TooFew { got: 0, wanted: 1 };
    rejected(&format!("{kata}([], x, 0, …)"), attack(&[], &x, 0), want, "A network has at least one layer.")?;
    let want = InputError::ShapeMismatch { left: (1, 2), right: (2, 3) };
    let call = format!("{kata}(3 → 2 → 2, two pixels, 0, …)");
    rejected(
        &call,
        attack(&network, &x[..2], 0),
        want,
        "As `accepts` of the first layer reports it, with x as a row.",
    )?;
    let want = InputError::ShapeMismatch { left: (1, 2), right: (2, 3) };
    let twice = [network[0].clone(), network[0].clone()];
    let call = format!("{kata}(3 → 2, 3 → 2, x, 0, …)");
    rejected(
        &call,
        attack(&twice, &x, 0),
        want,
        "Each layer must accept the output of the layer before it.",
    )?;
    let want = InputError::LengthMismatch { left: 2, right: 1 };
    let odd = [network[0].clone(), Dense { bias: vec![0.0], ..network[1].clone() }];
    let call = format!("{kata}(last layer with one bias, x, 0, …)");
    rejected(
        &call,
        attack(&odd, &x, 0),
        want,
        "Each layer must be consistent: one bias per row of its weights.",
    )?;
    let third = Dense { weights: Matrix::zeros(1, 2), bias: vec![] };
    let (want, call) = (
        InputError::LengthMismatch { left: 1, right: 0 },
        format!("{kata}(third layer without bias, x, 0, …)"),
    );
    let look = "Each layer must be consistent, the third as well.";
    rejected(&call, attack(&[&network[..], &[third]].concat(), &x, 0), want, look)?;
    for got in [2, 3] {
        let want = InputError::UnknownClass { index: 0, got, classes: 2 };
        let call = format!("{kata}(3 → 2 → 2, x, {got}, …)");
        rejected(
            &call,
            attack(&network, &x, got),
            want,
            "The outputs of the last layer are the classes, counted from 0.",
        )?;
    }
    let none = [Dense { weights: Matrix::zeros(0, 3), bias: vec![] }];
    let want = InputError::UnknownClass { index: 0, got: 0, classes: 0 };
    rejected(
        &format!("{kata}(3 → 0, x, 0, …)"),
        attack(&none, &x, 0),
        want,
        "Without classes there is no class 0.",
    )
}

/// Numbers that are not finite are rejected, by name and index, and so are logits that overflow.
fn rejects_what_is_not_finite(kata: &str, attack: Attack, bad: f64, k: usize) -> Verdict {
    let (network, x) = (three_to_two(), [0.5, 0.25, 1.0]);
    let rejection = |name, index| InputError::NotFinite { name, index };
    // Of 2×3 and of 2×2 weights, somewhere in both rows.
    let places = [2 * k + 1, k + 1];
    let with = |a: &Matrix, index: usize| {
        Matrix::from_fn(a.rows(), a.cols(), |i, j| if i * a.cols() + j == index { bad } else { a[(i, j)] })
    };
    let look = "`accepts` of each layer reports name and index.";
    let mut odd = x;
    odd[k] = bad;
    rejected(&format!("{kata}(network, x, 0, …)"), attack(&network, &odd, 0), rejection("x", k), look)?;
    for l in 0..2 {
        let mut odd = network.clone();
        odd[l].weights = with(&odd[l].weights, places[l]);
        let call = format!("{kata}(network with {bad} in layer {l}, x, 0, …)");
        rejected(&call, attack(&odd, &x, 0), rejection("weights", places[l]), look)?;
        let mut odd = network.clone();
        odd[l].bias[k % 2] = bad;
        rejected(&call, attack(&odd, &x, 0), rejection("bias", k % 2), look)?;
    }
    let huge = Dense { weights: Matrix::from_rows([[1.0; 3], [1e308; 3], [2.0; 3]]), bias: vec![0.0; 3] };
    let look = "Each weight is finite, but their sum is not, and ∞/∞ is not a probability.";
    rejected(
        &format!("{kata}(weights of 10³⁰⁸, (1, 1, 1), 0, …)"),
        attack(&[huge], &[1.0; 3], 0),
        rejection("logits", 1),
        look,
    )
}
