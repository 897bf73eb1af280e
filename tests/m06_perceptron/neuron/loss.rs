use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::loss;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{half_mean_square, kinds, matrix_of, with};

const CALL: &str = "loss(outputs, targets)";

fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    (1..=4_usize, 1..=3_usize).prop_flat_map(|(m, k)| [any::matrix(m, k), any::matrix(m, k)])
}

#[test]
fn is_half_the_mean_squared_distance() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let want = half_mean_square(p, t);
        let (m, k) = p.shape();
        let look = format!(
            "Square every difference, sum, halve, divide by the {m} samples, not by the {k} outputs."
        );
        close(CALL, loss(p, t).accepted(CALL)?, want, rounding(4 * m * k, want), look)
    });
}

#[test]
fn is_quadratic_in_the_distance() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let far = Matrix::from_fn(p.rows(), p.cols(), |i, j| t[(i, j)] + 2.0 * (p[(i, j)] - t[(i, j)]));
        let (near, call) = (loss(p, t).accepted(CALL)?, "loss(twice as far from the targets, targets)");
        let look = "Twice the distance has four times the loss: the errors are squared.";
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
fn is_invariant_under_duplicated_samples() {
    for_all("outputs, targets", pairs()).holds(|[p, t]| {
        let twice = |a: &Matrix| Matrix::from_fn(2 * a.rows(), a.cols(), |i, j| a[(i / 2, j)]);
        let (once, call) = (loss(p, t).accepted(CALL)?, "loss(every sample twice)");
        let look = "A mean does not change when every sample is duplicated; a sum does.";
        let got = loss(&twice(p), &twice(t)).accepted(call)?;
        close(call, got, once, rounding(8 * p.as_slice().len(), once), look)
    });
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

mod robust {
    use super::*;

    #[test]
    fn rejects_unequal_shapes_and_no_samples() {
        example(|| {
            let look = "Compare the shapes, not the numbers of entries: 2×3 and 3×2 both have six.";
            for right in [(3, 2), (2, 2), (1, 3), (4, 3)] {
                let want = InputError::ShapeMismatch { left: (2, 3), right };
                let call = format!("loss(2×3, {}×{})", right.0, right.1);
                rejected(&call, loss(&Matrix::zeros(2, 3), &Matrix::zeros(right.0, right.1)), want, look)?;
            }
            let none = Matrix::zeros(0, 3);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("loss(0×3, 0×3)", loss(&none, &none), want, "Without samples there is no mean.")
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
            let (good, odd) = (Matrix::zeros(2, 3), with(&Matrix::zeros(2, 3), *k, *bad));
            let rejection = |name| InputError::NotFinite { name, index: *k };
            let look = "Check outputs and targets, row after row.";
            rejected(CALL, loss(&odd, &good), rejection("outputs"), look)?;
            rejected(CALL, loss(&good, &odd), rejection("targets"), look)
        });
    }

    #[test]
    fn accepts_no_outputs() {
        example(|| {
            let got = loss(&Matrix::zeros(2, 0), &Matrix::zeros(2, 0)).accepted("loss(2×0, 2×0)")?;
            close("loss(2×0, 2×0)", got, 0.0, 0.0, "Two samples without outputs have the loss 0.")
        })
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = (any::size(1..=4, 129), any::size(1..=3, 33), kinds())
            .prop_flat_map(|(m, k, [p, t])| (matrix_of(p, m, k), matrix_of(t, m, k)));
        for_all("outputs, targets", inputs).holds(|(p, t)| {
            let want = half_mean_square(p, t);
            let operations = 4 * p.as_slice().len() + 4;
            let look = "Every sample and every output counts, whatever their number and their size.";
            close(CALL, loss(p, t).accepted(CALL)?, want, rounding(operations, want), look)
        });
    }
}
