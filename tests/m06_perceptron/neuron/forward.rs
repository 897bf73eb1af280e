use judge::{Answer, any, close_entries, equal, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::forward;
use kit::{Dense, InputError, Matrix};
use proptest::sample::select;

use super::super::draw::{each, only, problem, sigmoid, sums, three_to_two, with};

const CALL: &str = "forward(layer, x)";

#[test]
fn each_output_is_sigma_of_a_weighted_sum_and_a_bias() {
    // Thirds and tenths, too: eighths are exact even in half the digits.
    let shares = select(vec![1.0, 1.0 / 3.0, 0.1]);
    for_all("layer, x, _, share", (problem(), shares)).holds(|((layer, x, _), share)| {
        let x = &each(x, |x| x * share);
        let got = forward(layer, x).accepted("forward(layer, share·x)")?;
        let z = sums(layer, x);
        let look =
            format!("The sums W·x + b are {z:?}: one row a sample, one column a neuron. Then σ of each.");
        // σ rounds a few times, and its slope, at most ¼, carries the rounding of a sum of at most 4n + 2.
        let tolerance = rounding(x.cols() + 4, (x.cols() + 2) as f64);
        close_entries("forward(layer, share·x)", &got, &each(&z, sigmoid), |_, _| tolerance, look)
    });
}

#[test]
fn many_samples_are_answered_as_each_alone() {
    for_all("layer, x, _", problem()).holds(|(layer, x, _)| {
        let got = forward(layer, x).accepted(CALL)?;
        for i in 0..x.rows() {
            let call = format!("forward(layer, row {i} of x)");
            let alone = forward(layer, &only(x, i)).accepted(&call)?;
            let look = "What a neuron says of a sample has nothing to do with the samples beside it.";
            let tolerance = rounding(2 * (x.cols() + 4), (x.cols() + 2) as f64);
            close_entries(&call, &alone, &only(&got, i), |_, _| tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn nothing_overflows_however_sure_a_neuron_is() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[1000.0], [-1000.0], [1e300]]), bias: vec![0.0; 3] };
        let call = "forward(weights [1000; −1000; 1e300], bias 0, x = [1])";
        let got = forward(&layer, &Matrix::from_rows([[1.0]])).accepted(call)?;
        let look = "e¹⁰⁰⁰ is ∞, and ∞/∞ is NaN. Which way of writing σ divides by ∞ only?";
        close_entries(call, &got, &Matrix::from_rows([[1.0, 0.0, 1.0]]), |_, _| 1e-300, look)
    });
}

#[test]
fn without_samples_there_is_a_row_for_none() {
    example(|| {
        let (layer, ..) = three_to_two();
        let got = forward(&layer, &Matrix::zeros(0, 3)).accepted("forward(3 → 2, 0×3)")?;
        equal("its shape", got.shape(), (0, 2), "No sample, two neurons: 0×2.")
    });
}

#[test]
fn layers_and_samples_that_do_not_fit_are_rejected() {
    example(|| {
        let (layer, x, _) = three_to_two();
        let want = InputError::ShapeMismatch { left: (4, 2), right: (2, 3) };
        let look =
            "Each neuron has one weight a feature: x has as many columns as W, not as many as neurons.";
        rejected("forward(2×3 weights, x of 4×2)", forward(&layer, &Matrix::zeros(4, 2)), want, look)?;
        for bias in [vec![0.0], vec![0.0; 3]] {
            let want = InputError::LengthMismatch { left: 2, right: bias.len() };
            let odd = Dense { bias, ..layer.clone() };
            rejected(
                "forward(2×3 weights, another number of biases)",
                forward(&odd, &x),
                want,
                "One bias a neuron.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (layer, x, _) = three_to_two();
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look = "`layer.accepts(x)?` looks through x, the weights and the biases.";
        rejected(CALL, forward(&layer, &with(&x, *k, *bad)), rejection("x", *k), look)?;
        let weights = with(&layer.weights, *k, *bad);
        rejected(CALL, forward(&Dense { weights, ..layer.clone() }, &x), rejection("weights", *k), look)?;
        let bias = (0..2).map(|c| if c == k % 2 { *bad } else { 0.0 }).collect();
        rejected(CALL, forward(&Dense { bias, ..layer }, &x), rejection("bias", k % 2), look)
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
