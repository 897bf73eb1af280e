use judge::any::select;
use judge::{Answer, any, close_entries, example, for_all, rejected, rounding};
use katas::boss::projection::project;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::{basis, first, with};

const CALL: &str = "project(x, mean, components)";

#[test]
fn is_the_inner_product_with_centered_samples() {
    let inputs = (any::any_matrix(0..=4, 3..=3), any::vector(3..=3), any::any_matrix(0..=3, 3..=3));
    for_all("x, mean, components", inputs).holds(|(x, mean, v)| {
        let along = |i: usize, k: usize| (0..3).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
        let want = Matrix::from_fn(x.rows(), v.rows(), along);
        let look = "One row per sample, one column per component; subtract the mean first.";
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
fn recovers_coordinates_in_a_basis() {
    let inputs = ([any::angle(), any::angle()], any::vector(3..=3), any::vector(3..=3));
    for_all("a, b, mean, steps", inputs).holds(|(angles, mean, steps)| {
        let v = basis(*angles);
        let x = Matrix::from_fn(1, 3, |_, j| mean[j] + (0..3).map(|k| steps[k] * v[(k, j)]).sum::<f64>());
        for count in 1..=3 {
            let got = project(&x, mean, &first(&v, count)).accepted(CALL)?;
            let want = Matrix::from_fn(1, count, |_, k| steps[k]);
            let look = "x = mean + Σ steps·component, and the components are orthonormal.";
            close_entries(CALL, &got, &want, |_, _| rounding(64, 64.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::projection::project;
        use kit::Matrix;
        let (x, v) = (Matrix::from_rows([[3.0, 5.0]]), Matrix::from_rows([[0.0, 1.0]]));
        assert_eq!(project(&x, &[1.0, 1.0], &v), Ok(Matrix::from_rows([[4.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_mismatched_shapes() {
        example(|| {
            let (x, v) = (Matrix::zeros(2, 3), Matrix::zeros(1, 3));
            let want = InputError::LengthMismatch { left: 3, right: 2 };
            rejected(
                "project(2×3, 2 means, 1×3)",
                project(&x, &[0.0; 2], &v),
                want,
                "One mean per column of x.",
            )?;
            let want = InputError::ShapeMismatch { left: (2, 3), right: (3, 1) };
            rejected(
                "project(2×3, 3 means, 3×1)",
                project(&x, &[0.0; 3], &Matrix::zeros(3, 1)),
                want,
                "Each component is a row with one entry per column of x.",
            )
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
            let (x, mean, v) = (Matrix::zeros(2, 3), [0.0; 3], Matrix::zeros(2, 3));
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "The index counts row by row.";
            rejected(CALL, project(&with(&x, *k, *bad), &mean, &v), rejection("x", *k), look)?;
            rejected(CALL, project(&x, &mean, &with(&v, *k, *bad)), rejection("components", *k), look)?;
            let mut odd = mean;
            odd[k % 3] = *bad;
            rejected(CALL, project(&x, &odd, &v), rejection("mean", k % 3), look)
        });
    }

    #[test]
    fn handles_large_and_wide_data() {
        let sizes = prop_oneof![
            4 => (0..=4_usize, 0..=3_usize, 0..=3_usize),
            1 => select(vec![(129, 3, 9), (3, 40, 2), (2, 3, 129), (17, 9, 33)]),
        ];
        let inputs = sizes.prop_flat_map(|(n, d, q)| {
            (any::matrix_of(n, d), any::entries(d), any::matrix_of(q, d), select(vec![0, -40]))
        });
        for_all("x / unit, mean / unit, components, log2unit", inputs).cases(64).holds(|(x, mean, v, k)| {
            let unit = 2.0_f64.powi(*k);
            let x = &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let mean: &Vec<f64> = &mean.iter().map(|m| m * unit).collect();
            let got = project(x, mean, v).accepted(CALL)?;
            let d = mean.len();
            let along = |i: usize, k: usize| (0..d).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
            let size = |i: usize, k: usize| -> f64 {
                (0..d).map(|j| (x[(i, j)].abs() + mean[j].abs()) * v[(k, j)].abs()).sum()
            };
            let want = Matrix::from_fn(x.rows(), v.rows(), along);
            let look = "Every row, feature and component counts, whatever its scale.";
            close_entries(CALL, &got, &want, |i, k| rounding(2 * d + 8, size(i, k)), look)
        });
    }
}
