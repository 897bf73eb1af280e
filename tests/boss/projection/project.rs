use judge::{Answer, any, close_entries, example, for_all, rejected, rounding};
use katas::boss::projection::project;
use kit::{InputError, Matrix};

use super::{basis, first, with};

const CALL: &str = "project(x, mean, components)";

#[test]
fn a_score_is_the_inner_product_with_the_distance_from_the_mean() {
    let inputs = (any::any_matrix(0..=4, 3..=3), any::vector(3..=3), any::any_matrix(0..=3, 3..=3));
    for_all("x, mean, components", inputs).holds(|(x, mean, v)| {
        let along = |i: usize, k: usize| (0..3).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
        let want = Matrix::from_fn(x.rows(), v.rows(), along);
        let look = "One row a sample, one column a component; measure from the mean first.";
        close_entries(
            CALL,
            &project(x, mean, v).accepted(CALL)?,
            &want,
            |_, _| rounding(12, 3.0 * 128.0),
            look,
        )
    });
}

#[test]
fn a_step_along_a_component_is_a_score_of_its_length() {
    let inputs = ([any::angle(), any::angle()], any::vector(3..=3), any::vector(3..=3));
    for_all("a, b, mean, steps", inputs).holds(|(angles, mean, steps)| {
        let v = basis(*angles);
        let x = Matrix::from_fn(1, 3, |_, j| mean[j] + (0..3).map(|k| steps[k] * v[(k, j)]).sum::<f64>());
        for count in 1..=3 {
            let got = project(&x, mean, &first(&v, count)).accepted(CALL)?;
            let want = Matrix::from_fn(1, count, |_, k| steps[k]);
            let look = "x = mean + Σ steps·component; the components are orthonormal.";
            close_entries(CALL, &got, &want, |_, _| rounding(64, 64.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| {
        let (x, v) = (Matrix::zeros(2, 3), Matrix::zeros(1, 3));
        let want = InputError::LengthMismatch { left: 3, right: 2 };
        rejected("project(2×3, 2 means, 1×3)", project(&x, &[0.0; 2], &v), want, "One mean a column.")?;
        let want = InputError::LengthMismatch { left: 3, right: 2 };
        let both = project(&x, &[0.0; 2], &Matrix::zeros(3, 1));
        rejected("project(2×3, 2 means, 3×1)", both, want, "The means first.")?;
        let want = InputError::ShapeMismatch { left: (2, 3), right: (3, 1) };
        rejected(
            "project(2×3, 3 means, 3×1)",
            project(&x, &[0.0; 3], &Matrix::zeros(3, 1)),
            want,
            "A component is a row.",
        )
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let (x, mean, v) = (Matrix::zeros(2, 3), [0.0; 3], Matrix::zeros(2, 3));
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look = "x, mean, components, in this order; of each the first number that is none.";
        rejected(CALL, project(&with(&x, *k, *bad), &mean, &v), rejection("x", *k), look)?;
        rejected(CALL, project(&x, &mean, &with(&v, *k, *bad)), rejection("components", *k), look)?;
        let mut odd = mean;
        odd[k % 3..].fill(*bad);
        rejected(CALL, project(&x, &odd, &v), rejection("mean", k % 3), look)?;
        rejected(CALL, project(&x, &odd, &with(&v, 0, *bad)), rejection("mean", k % 3), look)?;
        rejected(CALL, project(&with(&x, *k, *bad), &odd, &v), rejection("x", *k), look)
    });
}
