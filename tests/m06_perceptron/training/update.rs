use judge::any::select;
use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::training::update;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{close_layers, layer, parameters, three_to_two, with};
use super::super::sizes::{fault, kinds, layer_from, several, sound, unequal, with_bias};

const CALL: &str = "update(layer, gradient, η)";

/// A layer, gradient for it, and a rate, the first two in eighths within ±2.
fn steps() -> impl Strategy<Value = ([Dense; 2], f64)> + Send + Sync + Clone {
    let inputs = prop_oneof![1 => Just(0), 7 => several(1..=3)];
    let layers = (inputs, several(1..=3)).prop_flat_map(|(n, k)| [layer(n, k), layer(n, k)]);
    (layers, select(vec![1.0, 0.5, 0.125, 2.0, 0.1, 64.0, 1e6]))
}

#[test]
fn is_a_step_of_gradient_descent() {
    for_all("layer, gradient, η", steps()).holds(|([layer, gradient], rate)| {
        let got = update(layer, gradient, *rate).accepted(CALL)?;
        equal(
            "the shape of the new weights",
            got.weights.shape(),
            layer.weights.shape(),
            "The shape does not change.",
        )?;
        let step = |(value, slope): (f64, f64)| value - rate * slope;
        let want: Vec<f64> = parameters(layer).into_iter().zip(parameters(gradient)).map(step).collect();
        let look = "Subtract η times the gradient, for the weights and for the biases alike.";
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
fn a_zero_gradient_changes_nothing() {
    for_all("layer, _, η", steps()).holds(|([layer, _], rate)| {
        let (k, n) = layer.weights.shape();
        let flat = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
        let got = update(layer, &flat, *rate).accepted("update(layer, zeros, η)")?;
        equal(
            "update(layer, zeros, η)",
            &got,
            layer,
            "A step of η·0 changes nothing. Is there another term, such as weight decay?",
        )
    });
}

#[test]
fn is_linear_in_the_learning_rate() {
    for_all("layer, gradient, η", steps()).holds(|([layer, gradient], rate)| {
        let moved = |rate: f64| -> Result<Vec<f64>, judge::Broken> {
            let after = parameters(&update(layer, gradient, rate).accepted(CALL)?);
            Ok(after.iter().zip(parameters(layer)).map(|(after, before)| after - before).collect())
        };
        let (one, two) = (moved(*rate)?, moved(2.0 * rate)?);
        let want: Vec<f64> = one.iter().map(|step| 2.0 * step).collect();
        let look = "The step is −η times the gradient: it is linear in η.";
        close("the step with 2η", two.as_slice(), want.as_slice(), rounding(8, 4.0 + 8.0 * rate), look)
    });
}

#[test]
fn halves_gradients_of_4_and_minus_2() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[1.0, 2.0]]), bias: vec![0.0] };
        let gradient = Dense { weights: Matrix::from_rows([[4.0, 0.0]]), bias: vec![-2.0] };
        let call = "update([1 2], [0], gradient [4 0], [−2], ½): weights, then biases";
        let got = parameters(&update(&layer, &gradient, 0.5).accepted(call)?);
        let look = "1 − ½·4, 2 − ½·0, 0 − ½·(−2): against the gradient, for weights and biases alike.";
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

mod robust {
    use super::*;

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        example(|| {
            let (layer, ..) = three_to_two();
            for got in [0.0, -0.125, -1e-300, -1e300] {
                let want = InputError::OutOfRange { name: "learning_rate", got, wanted: "a number > 0" };
                let look = "With η = 0 nothing changes, with η < 0 the loss increases.";
                rejected(
                    &format!("update(layer, gradient, {got})"),
                    update(&layer, &layer, got),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_gradient_of_another_shape() {
        example(|| {
            let (layer, ..) = three_to_two();
            for (k, n) in [(2, 2), (2, 4)] {
                let odd = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
                let want = InputError::ShapeMismatch { left: (2, 3), right: (k, n) };
                let call = format!("update(2×3, gradient of {k}×{n}, 0.5)");
                rejected(
                    &call,
                    update(&layer, &odd, 0.5),
                    want,
                    "Every weight needs its partial derivative.",
                )?;
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
                let gradient = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; 2] };
                let call = format!("update(2×3, gradient of {k}×{n} and 2 biases, 0.5)");
                let look = "Compare the shapes: six numbers may be 3×2 as well.";
                let shape = InputError::ShapeMismatch { left: (2, 3), right: (k, n) };
                rejected(&call, update(&layer, &gradient, 0.5), shape, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_gradient_of_another_shape_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let zeros = |k: usize, n: usize, biases: usize| Dense {
                weights: Matrix::zeros(k, n),
                bias: vec![0.0; biases],
            };
            let look = "Every weight needs its partial derivative, every neuron has one bias.";
            let want = InputError::ShapeMismatch { left: (2, n), right: (2, m) };
            rejected(
                "update(2×n, gradient of 2×m)",
                update(&zeros(2, n, 2), &zeros(2, m, 2), 0.5),
                want,
                look,
            )?;
            let want = InputError::ShapeMismatch { left: (n, 2), right: (m, 2) };
            let got = update(&zeros(n, 2, n), &zeros(m, 2, n), 0.5);
            rejected("update(n×2, gradient of m×2 and n biases)", got, want, look)?;
            let want = InputError::LengthMismatch { left: n, right: m };
            let got = update(&zeros(n, 2, m), &zeros(n, 2, m), 0.5);
            rejected("update(n×2 and m biases, the same)", got, want.clone(), look)?;
            let got = update(&zeros(n, 2, n), &zeros(n, 2, m), 0.5);
            rejected("update(n×2, gradient of n×2 and m biases)", got, want, look)
        });
    }

    #[test]
    fn a_zero_gradient_changes_nothing_for_any_magnitude() {
        let numbers = || any::vec(any::magnitude(-300, 300), 1..=4);
        for_all("w, b, η", (numbers(), any::magnitude(-300, 300), any::magnitude(-300, 300))).holds(
            |(w, b, rate)| {
                let layer = Dense { weights: Matrix::from_fn(1, w.len(), |_, j| w[j]), bias: vec![*b] };
                let flat = Dense { weights: Matrix::zeros(1, w.len()), bias: vec![0.0] };
                let got = update(&layer, &flat, rate.abs()).accepted("update(layer, zeros, η)")?;
                let look =
                    "η·0 is 0, for every η, and w − 0 is w to the last bit: do not divide by η, nor round.";
                equal("update(layer, zeros, η)", &got, &layer, look)
            },
        );
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|(sizes, [_, j, c], bad)| {
            let ((layer, ..), at) = (sound(*sizes), c * sizes[1] + j);
            let weights = Dense { weights: with(&layer.weights, at, *bad), ..layer.clone() };
            let bias = with_bias(&layer, *c, *bad);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "Check layer, gradient and learning rate.";
            rejected(CALL, update(&weights, &layer, 0.5), rejection("weights", at), look)?;
            rejected(CALL, update(&bias, &layer, 0.5), rejection("bias", *c), look)?;
            rejected(CALL, update(&layer, &weights, 0.5), rejection("gradient.weights", at), look)?;
            rejected(CALL, update(&layer, &bias, 0.5), rejection("gradient.bias", *c), look)?;
            rejected(CALL, update(&layer, &layer, *bad), rejection("learning_rate", 0), look)
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let rate = prop_oneof![any::magnitude(-9, 3), any::magnitude(-100, 100), any::magnitude(-120, -101)]
            .prop_map(f64::abs);
        let inputs = (several(1..=3), several(1..=3), kinds(), rate)
            .prop_flat_map(|(n, k, [a, b], rate)| (layer_from(a, n, k), layer_from(b, n, k), Just(rate)));
        for_all("layer, gradient, η", inputs).holds(|(layer, gradient, rate)| {
            let got = update(layer, gradient, *rate).accepted(CALL)?;
            let both = |of: &dyn Fn(f64, f64) -> f64| {
                let (w, g) = (&layer.weights, &gradient.weights);
                let weights = Matrix::from_fn(w.rows(), w.cols(), |c, j| of(w[(c, j)], g[(c, j)]));
                let bias = layer.bias.iter().zip(&gradient.bias).map(|(b, g)| of(*b, *g)).collect();
                Dense { weights, bias }
            };
            let want = both(&|value, gradient| value - rate * gradient);
            let error = both(&|value, gradient| rounding(4, value.abs() + rate * gradient.abs()));
            close_layers(
                CALL,
                &got,
                &[want, error],
                "Every parameter counts, whatever their number and their size.",
            )
        });
    }
}
