use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::loss;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{half_mean_square, with};

const CALL: &str = "loss(outputs, targets)";

fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    (1..=4_usize, 1..=3_usize).prop_flat_map(|(m, k)| [any::matrix(m, k), any::matrix(m, k)])
}

#[test]
fn it_is_half_the_squared_distance_averaged_over_the_samples() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let want = half_mean_square(p, t);
        let (m, k) = p.shape();
        let look = format!(
            "Square every difference, add up, halve, divide by the {m} samples, not by the {k} outputs."
        );
        close(CALL, loss(p, t).accepted(CALL)?, want, rounding(4 * m * k, want), look)
    });
}

#[test]
fn it_grows_with_the_square_of_the_distance() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let far = Matrix::from_fn(p.rows(), p.cols(), |i, j| t[(i, j)] + 2.0 * (p[(i, j)] - t[(i, j)]));
        let (near, call) = (loss(p, t).accepted(CALL)?, "loss(twice as far from the targets, targets)");
        let look =
            "Twice as far off costs four times as much. A root, an absolute value or a logarithm does not.";
        close(
            call,
            loss(&far, t).accepted(call)?,
            4.0 * near,
            rounding(8 * p.as_slice().len(), 4.0 * near),
            look,
        )
    });
}

#[test]
fn the_same_samples_twice_cost_the_same() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let twice = |a: &Matrix| Matrix::from_fn(2 * a.rows(), a.cols(), |i, j| a[(i / 2, j)]);
        let (once, call) = (loss(p, t).accepted(CALL)?, "loss(every sample twice)");
        let look = "A mean does not change when every sample is there twice; a sum does.";
        let got = loss(&twice(p), &twice(t)).accepted(call)?;
        close(call, got, once, rounding(8 * p.as_slice().len(), once), look)
    });
}

#[test]
fn shapes_that_differ_and_no_samples_are_rejected() {
    example(|| {
        let look = "A 2×3 and a 3×2 matrix have six entries each; do they belong together?";
        for right in [(3, 2), (2, 2), (1, 3), (4, 3)] {
            let want = InputError::ShapeMismatch { left: (2, 3), right };
            let call = format!("loss(2×3, {}×{})", right.0, right.1);
            rejected(&call, loss(&Matrix::zeros(2, 3), &Matrix::zeros(right.0, right.1)), want, look)?;
        }
        let none = Matrix::zeros(0, 3);
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("loss(0×3, 0×3)", loss(&none, &none), want, "0/0 is no mean.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (good, odd) = (Matrix::zeros(2, 3), with(&Matrix::zeros(2, 3), *k, *bad));
        let rejection = |name| InputError::NotFinite { name, index: *k };
        let look = "Look through the outputs, then through the targets, row after row.";
        rejected(CALL, loss(&odd, &good), rejection("outputs"), look)?;
        rejected(CALL, loss(&good, &odd), rejection("targets"), look)?;
        rejected(CALL, loss(&odd, &odd), rejection("outputs"), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: the shapes before the \
            number of samples.";
        let want = InputError::ShapeMismatch { left: (0, 2), right: (0, 3) };
        rejected("loss(0×2, 0×3)", loss(&Matrix::zeros(0, 2), &Matrix::zeros(0, 3)), want, look)?;
        let got = loss(&Matrix::zeros(2, 0), &Matrix::zeros(2, 0)).accepted("loss(2×0, 2×0)")?;
        close("loss(2×0, 2×0)", got, 0.0, 0.0, "Two samples, and nothing said that could be wrong.")
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::neuron::loss;
        use kit::Matrix;
        let (outputs, targets) = (Matrix::from_rows([[0.5], [1.0]]), Matrix::from_rows([[1.0], [1.0]]));
        assert_eq!(loss(&outputs, &targets), Ok(0.0625));
        Ok::<(), kit::InputError>(())
    });
}
