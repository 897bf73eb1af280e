use judge::{Answer, close, example, for_all, rejected, rounding};
use katas::m06_perceptron::neuron::loss;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::half_mean_square;
use super::super::sizes::{Numbers, counting_but, fault, kinds, many, matrix_of, several, unequal};

const CALL: &str = "loss(outputs, targets)";

fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    (many(1..=4), several(1..=3)).prop_flat_map(|(m, k)| {
        let m = m.min(1 + 40_000 / k);
        [matrix_of(Numbers::Eighths, m, k), matrix_of(Numbers::Eighths, m, k)]
    })
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
        for_all("[m, n, k], [i, j, c], bad", fault()).cases(96).holds(|([m, _, k], [i, _, c], bad)| {
            let [good, odd] = [4.0, *bad].map(|it| counting_but([*m, *k], [*i, *c], it));
            let rejection = |name| InputError::NotFinite { name, index: i * k + c };
            let look = "Check outputs and targets, row after row.";
            rejected(CALL, loss(&odd, &good), rejection("outputs"), look)?;
            rejected(CALL, loss(&good, &odd), rejection("targets"), look)
        });
    }

    #[test]
    fn rejects_unequal_shapes_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let look = "Compare the shapes, not the numbers of entries.";
            for (left, right) in [((n, 3), (m, 3)), ((3, n), (3, m)), ((n, m), (m, n))] {
                let got = loss(&Matrix::zeros(left.0, left.1), &Matrix::zeros(right.0, right.1));
                let call = format!("loss({}×{}, {}×{})", left.0, left.1, right.0, right.1);
                rejected(&call, got, InputError::ShapeMismatch { left, right }, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_next_to_large_numbers() {
        for_all("outputs, targets, k", (pairs(), 10..=46_i32)).cases(128).holds(|([p, t], k)| {
            // Numbers of up to 8 and of eighths, all raised by 2ᵏ, exactly: the differences are what they were.
            let by = 2.0_f64.powi(*k);
            let raised = |a: &Matrix| Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + by);
            let got = loss(&raised(p), &raised(t)).accepted("loss(outputs + 2ᵏ, targets + 2ᵏ)")?;
            let want = half_mean_square(p, t);
            let look = "Subtract before you square: p² − 2pt + t² suffers from cancellation.";
            let error = rounding(4 * p.as_slice().len() + 4, want);
            close("loss(outputs + 2ᵏ, targets + 2ᵏ)", got, want, error, look)
        });
    }

    #[test]
    fn a_single_difference_counts_in_any_place() {
        for_all("[m, n, k], [i, j, c], _", fault()).cases(96).holds(|([m, _, k], [i, _, c], _)| {
            let [p, t] = [4.0, 1.0].map(|it| counting_but([*m, *k], [*i, *c], it));
            let got = loss(&p, &t).accepted(CALL)?;
            let look = "Every sample and every output counts, wherever the difference is.";
            close(CALL, got, 4.5 / *m as f64, rounding(4 * m * k, 4.5 / *m as f64), look)
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
        let inputs = (many(1..=4), several(1..=3), kinds())
            .prop_flat_map(|(m, k, [p, t])| (matrix_of(p, m, k), matrix_of(t, m, k)));
        for_all("outputs, targets", inputs).holds(|(p, t)| {
            let want = half_mean_square(p, t);
            let operations = 4 * p.as_slice().len() + 4;
            let look = "Every sample and every output counts, whatever their number and their size.";
            close(CALL, loss(p, t).accepted(CALL)?, want, rounding(operations, want), look)
        });
    }
}
