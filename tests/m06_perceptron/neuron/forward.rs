use judge::any::select;
use judge::{Answer, close_entries, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::forward;
use kit::{Dense, InputError, Matrix};

use super::super::draw::{
    each, only, problem, sigmoid, sigmoid_error, sized_problem, sizes, sums, three_to_two, with,
};
use super::super::sizes::{any_problem, fault, sound, unequal, with_bias};

const CALL: &str = "forward(layer, x)";

#[test]
fn is_the_sigmoid_of_the_weighted_sum_plus_bias() {
    // Thirds and tenths, too: eighths are exact even in half the digits.
    let shares = select(vec![1.0, 1.0 / 3.0, 0.1]);
    for_all("layer, x, _, share", (sized_problem(), shares)).holds(|((layer, x, _), share)| {
        let x = &each(x, |x| x * share);
        let got = forward(layer, x).accepted("forward(layer, share·x)")?;
        let z = sums(layer, x);
        let look = format!(
            "The weighted sums W·x + b are {z:?}: one row per sample, one column per neuron. Then σ of each."
        );
        // σ rounds a few times, and its slope, at most ¼, carries the rounding of a sum of at most 4n + 2.
        let tolerance = rounding(x.cols() + 4, (x.cols() + 2) as f64);
        close_entries("forward(layer, share·x)", &got, &each(&z, sigmoid), |_, _| tolerance, look)
    });
}

#[test]
fn treats_each_sample_independently() {
    for_all("layer, x, _", problem()).holds(|(layer, x, _)| {
        let got = forward(layer, x).accepted(CALL)?;
        for i in 0..x.rows() {
            let call = format!("forward(layer, row {i} of x)");
            let alone = forward(layer, &only(x, i)).accepted(&call)?;
            let look = "The activation for a sample does not depend on the other samples.";
            let tolerance = rounding(2 * (x.cols() + 4), (x.cols() + 2) as f64);
            close_entries(&call, &alone, &only(&got, i), |_, _| tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::neuron::forward;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[1.0, -2.0], [0.0, 1000.0]]), bias: vec![0.0, 0.0] };
        assert_eq!(forward(&layer, &Matrix::from_rows([[2.0, 1.0]])), Ok(Matrix::from_rows([[0.5, 1.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow() {
        example(|| {
            let layer =
                Dense { weights: Matrix::from_rows([[1000.0], [-1000.0], [1e300]]), bias: vec![0.0; 3] };
            let call = "forward(weights [1000; −1000; 1e300], bias 0, x = [1])";
            let got = forward(&layer, &Matrix::from_rows([[1.0]])).accepted(call)?;
            let look = "e¹⁰⁰⁰ overflows to ∞, and ∞/∞ is NaN. Which formula for σ divides by ∞ only?";
            close_entries(call, &got, &Matrix::from_rows([[1.0, 0.0, 1.0]]), |_, _| 1e-300, look)
        });
    }

    #[test]
    fn accepts_no_samples() {
        example(|| {
            let (layer, ..) = three_to_two();
            let got = forward(&layer, &Matrix::zeros(0, 3)).accepted("forward(3 → 2, 0×3)")?;
            equal("its shape", got.shape(), (0, 2), "No samples, two neurons: 0×2.")
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_match() {
        example(|| {
            let (layer, x, _) = three_to_two();
            let want = InputError::ShapeMismatch { left: (4, 2), right: (2, 3) };
            let look = "Each neuron has one weight per feature: x has as many columns as W.";
            rejected("forward(2×3 weights, x of 4×2)", forward(&layer, &Matrix::zeros(4, 2)), want, look)?;
            for bias in [vec![0.0], vec![0.0; 3]] {
                let want = InputError::LengthMismatch { left: 2, right: bias.len() };
                let odd = Dense { bias, ..layer.clone() };
                rejected(
                    "forward(2×3 weights, another number of biases)",
                    forward(&odd, &x),
                    want,
                    "One bias per neuron.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|(sizes, [i, j, c], bad)| {
            let ((layer, x, _), n) = (sound(*sizes), sizes[1]);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "`layer.accepts(x)?` checks x, the weights and the biases.";
            rejected(CALL, forward(&layer, &with(&x, i * n + j, *bad)), rejection("x", i * n + j), look)?;
            let odd = Dense { weights: with(&layer.weights, c * n + j, *bad), ..layer.clone() };
            rejected(CALL, forward(&odd, &x), rejection("weights", c * n + j), look)?;
            rejected(CALL, forward(&with_bias(&layer, *c, *bad), &x), rejection("bias", *c), look)
        });
    }

    #[test]
    fn rejects_shapes_of_any_size_that_do_not_match() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let (layer, x, _) = sound([3, n, 2]);
            let want = InputError::ShapeMismatch { left: (4, m), right: (2, n) };
            let look = "Each neuron has one weight per feature: x has as many columns as W.";
            rejected(
                "forward(2×n weights, x of 4×m)",
                forward(&layer, &Matrix::zeros(4, m)),
                want.clone(),
                look,
            )?;
            let none = forward(&layer, &Matrix::zeros(0, m));
            let want = InputError::ShapeMismatch { left: (0, m), right: (2, n) };
            rejected("forward(2×n weights, x of 0×m)", none, want, "Also where there are no samples.")?;
            let odd = Dense { weights: Matrix::zeros(n, 2), bias: vec![0.0; m] };
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected(
                "forward(n neurons, m biases)",
                forward(&odd, &Matrix::zeros(3, 2)),
                want,
                "One bias per neuron.",
            )?;
            let got = forward(&layer, &Matrix::zeros(0, x.cols())).accepted("forward(2×n weights, 0×n)")?;
            equal("the shape of forward(2×n weights, 0×n)", got.shape(), (0, 2), "No samples, two neurons.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("layer, x, _", any_problem()).holds(|(layer, x, _)| {
            let got = forward(layer, x).accepted(CALL)?;
            let (z, sizes) = (sums(layer, x), sizes(layer, x));
            let error = |i: usize, c: usize| sigmoid_error(z[(i, c)], rounding(x.cols() + 2, sizes[(i, c)]));
            let look = "Every sample, input and neuron counts, whatever their number and their size.";
            close_entries(CALL, &got, &each(&z, sigmoid), error, look)
        });
    }
}
