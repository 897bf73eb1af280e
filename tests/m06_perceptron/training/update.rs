use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::training::update;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;
use proptest::sample::select;

use super::super::draw::{layer, parameters, three_to_two, with};

const CALL: &str = "update(layer, gradient, η)";

/// A layer, slopes for it, and a rate, the first two in eighths within ±2.
fn steps() -> impl Strategy<Value = ([Dense; 2], f64)> + Send + Sync + Clone {
    let layers = (0..=3_usize, 1..=3_usize).prop_flat_map(|(n, k)| [layer(n, k), layer(n, k)]);
    (layers, select(vec![1.0, 0.5, 0.125, 2.0, 0.1, 64.0, 1e6]))
}

#[test]
fn every_parameter_goes_down_its_own_slope() {
    for_all("layer, gradient, η", steps()).holds(|([layer, gradient], rate)| {
        let got = update(layer, gradient, *rate).accepted(CALL)?;
        equal(
            "the shape of the new weights",
            got.weights.shape(),
            layer.weights.shape(),
            "As before the step.",
        )?;
        let step = |(value, slope): (f64, f64)| value - rate * slope;
        let want: Vec<f64> = parameters(layer).into_iter().zip(parameters(gradient)).map(step).collect();
        let look = "Minus η times the slope, for the weights and for the biases alike.";
        close(
            "weights row after row, then biases",
            parameters(&got).as_slice(),
            want.as_slice(),
            rounding(4, 2.0 + 2.0 * rate),
            look,
        )
    });
}

#[test]
fn where_there_is_no_slope_nothing_moves() {
    for_all("layer, _, η", steps()).holds(|([layer, _], rate)| {
        let (k, n) = layer.weights.shape();
        let flat = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
        let got = update(layer, &flat, *rate).accepted("update(layer, zeros, η)")?;
        equal(
            "update(layer, zeros, η)",
            &got,
            layer,
            "A step of η·0 leads nowhere. Where does anything else come in?",
        )
    });
}

#[test]
fn twice_the_rate_is_twice_the_step() {
    for_all("layer, gradient, η", steps()).holds(|([layer, gradient], rate)| {
        let moved = |rate: f64| -> Result<Vec<f64>, judge::Broken> {
            let after = parameters(&update(layer, gradient, rate).accepted(CALL)?);
            Ok(after.iter().zip(parameters(layer)).map(|(after, before)| after - before).collect())
        };
        let (one, two) = (moved(*rate)?, moved(2.0 * rate)?);
        let want: Vec<f64> = one.iter().map(|step| 2.0 * step).collect();
        let look = "The step is −η times the slope: η enters once, and every parameter's step alike.";
        close(
            "what the step with 2η adds",
            two.as_slice(),
            want.as_slice(),
            rounding(8, 4.0 + 8.0 * rate),
            look,
        )
    });
}

#[test]
fn a_rate_that_is_not_positive_is_rejected() {
    example(|| {
        let (layer, ..) = three_to_two();
        for got in [0.0, -0.125] {
            let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
            let look = "With η = 0 nothing moves, below 0 the step climbs.";
            rejected(&format!("update(layer, gradient, {got})"), update(&layer, &layer, got), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_gradient_of_another_form_is_rejected() {
    example(|| {
        let (layer, ..) = three_to_two();
        for (k, n) in [(2, 2), (2, 4)] {
            let odd = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
            let want = InputError::ShapeMismatch { left: (2, 3), right: (k, n) };
            let call = format!("update(2×3, gradient of {k}×{n}, 0.5)");
            rejected(&call, update(&layer, &odd, 0.5), want, "Every weight needs its slope.")?;
        }
        let odd = Dense { bias: vec![0.0; 3], ..layer.clone() };
        let look = "Two rows of weights, two biases, in the layer and in the gradient.";
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected(
            "update(layer, gradient with 3 biases, 0.5)",
            update(&layer, &odd, 0.5),
            want.clone(),
            look,
        )?;
        rejected(
            "update(layer with 3 biases, gradient, 0.5)",
            update(&odd, &layer, 0.5),
            want.clone(),
            look,
        )?;
        for (k, n) in [(3, 2), (6, 1), (3, 3)] {
            let slopes = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; 2] };
            let call = format!("update(2×3, gradient of {k}×{n} and 2 biases, 0.5)");
            let look = "Compare the shapes: six numbers may be 3×2 as well.";
            let shape = InputError::ShapeMismatch { left: (2, 3), right: (k, n) };
            rejected(&call, update(&layer, &slopes, 0.5), shape, look)?;
            let look = "Of several reasons the one that stands first in the list is told: the biases are \
                counted first.";
            rejected(
                &format!("{call}, the layer with 3 biases"),
                update(&odd, &slopes, -1.0),
                want.clone(),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (layer, ..) = three_to_two();
        let weights = Dense { weights: with(&layer.weights, *k, *bad), ..layer.clone() };
        let bias = (0..2).map(|c| if c == k % 2 { *bad } else { 0.0 }).collect();
        let bias = Dense { bias, ..layer.clone() };
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look = "Layer, gradient, learning rate, in this order.";
        rejected(CALL, update(&weights, &layer, 0.5), rejection("weights", *k), look)?;
        rejected(CALL, update(&bias, &layer, 0.5), rejection("bias", k % 2), look)?;
        rejected(CALL, update(&layer, &weights, 0.5), rejection("gradient.weights", *k), look)?;
        rejected(CALL, update(&layer, &bias, 0.5), rejection("gradient.bias", k % 2), look)?;
        rejected(CALL, update(&layer, &layer, *bad), rejection("learning_rate", 0), look)?;
        let both = Dense { weights: weights.weights, bias: bias.bias };
        let look =
            "Layer, gradient, learning rate, in this order, and of each the weights before the biases.";
        rejected(CALL, update(&both, &both, *bad), rejection("weights", *k), look)?;
        rejected(CALL, update(&layer, &both, *bad), rejection("gradient.weights", *k), look)
    });
}

#[test]
fn half_a_slope_of_4_and_half_a_slope_of_minus_2() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[1.0, 2.0]]), bias: vec![0.0] };
        let gradient = Dense { weights: Matrix::from_rows([[4.0, 0.0]]), bias: vec![-2.0] };
        let call = "update([1 2], [0], slopes [4 0], [−2], ½): weights, then biases";
        let got = parameters(&update(&layer, &gradient, 0.5).accepted(call)?);
        let look = "1 − ½·4, 2 − ½·0, 0 − ½·(−2): down the slope, for weights and biases alike.";
        close(call, got.as_slice(), [-1.0, 2.0, 1.0].as_slice(), rounding(4, 4.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::training::update;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[1.0, 2.0]]), bias: vec![0.0] };
        let gradient = Dense { weights: Matrix::from_rows([[4.0, 0.0]]), bias: vec![-2.0] };
        let want = Dense { weights: Matrix::from_rows([[-1.0, 2.0]]), bias: vec![1.0] };
        assert_eq!(update(&layer, &gradient, 0.5), Ok(want));
        Ok::<(), kit::InputError>(())
    });
}
