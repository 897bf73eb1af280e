use judge::{Answer, any, close_entries, for_all, rejected, rounding};
use katas::boss::projection::project;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::{basis, first, with};
use judge::any::sizes;

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
fn is_right_for_any_number_of_samples_features_and_components() {
    let inputs = sizes([0..=4, 1..=3, 0..=3], [301, 65, 65])
        .prop_flat_map(|[n, d, q]| (any::matrix(n, d), any::vector(d..=d), any::matrix(q, d)));
    for_all("x, mean, components", inputs).cases(64).holds(|(x, mean, v)| {
        let d = mean.len();
        let along = |i: usize, k: usize| (0..d).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
        let want = Matrix::from_fn(x.rows(), v.rows(), along);
        let look = "Every sample, feature and component counts, however many.";
        let tolerance = rounding(4 * d + 4, d as f64 * 128.0);
        close_entries(CALL, &project(x, mean, v).accepted(CALL)?, &want, |_, _| tolerance, look)
    });
}

#[test]
fn each_mean_has_its_own_scores() {
    let inputs = sizes([1..=4, 1..=3, 1..=3], [41, 41, 41])
        .prop_flat_map(|[n, d, q]| (any::matrix(n, d), any::vectors(d..=d), any::matrix(q, d)));
    for_all("x, mean, other mean, components", inputs).cases(48).holds(|(x, means, v)| {
        let means: &[Vec<f64>; 2] = means;
        for mean in means {
            let d = mean.len();
            let along = |i: usize, k: usize| (0..d).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
            let want = Matrix::from_fn(x.rows(), v.rows(), along);
            let look = "The same samples and components with another mean have other scores.";
            let tolerance = rounding(4 * d + 4, d as f64 * 128.0);
            close_entries(CALL, &project(x, mean, v).accepted(CALL)?, &want, |_, _| tolerance, look)?;
        }
        Ok(())
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
    fn loses_no_precision_far_from_zero() {
        let inputs = sizes([1..=4, 1..=3, 1..=3], [41, 41, 41])
            .prop_flat_map(|[n, d, q]| (any::matrix(n, d), any::vector(d..=d), any::matrix(q, d)));
        for_all("x − far, mean − far, components, log2 far", (inputs, 20..=48_i32)).cases(64).holds(
            |((x, mean, v), k)| {
                // Eighths plus 2⁴⁸ are exact.
                let far = 2.0_f64.powi(*k);
                let moved = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + far);
                let moved_mean: Vec<f64> = mean.iter().map(|m| m + far).collect();
                let d = mean.len();
                let along = |i: usize, k: usize| (0..d).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
                let want = Matrix::from_fn(x.rows(), v.rows(), along);
                let look = "v·x − v·m loses its digits to cancellation: subtract the mean first.";
                let tolerance = rounding(4 * d + 4, d as f64 * 128.0);
                close_entries(
                    CALL,
                    &project(&moved, &moved_mean, v).accepted(CALL)?,
                    &want,
                    |_, _| tolerance,
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_mismatched_shapes() {
        let inputs = sizes([0..=3, 1..=3, 1..=3, 1..=3], [301, 65, 65, 65]);
        for_all("n, d, q, more", inputs).cases(48).holds(|&[n, d, q, more]| {
            let (x, v) = (Matrix::zeros(n, d), Matrix::zeros(q, d));
            for means in [d - 1, d + more] {
                let want = InputError::LengthMismatch { left: d, right: means };
                let call = format!("project({n}×{d}, {means} means, {q}×{d})");
                rejected(&call, project(&x, &vec![0.0; means], &v), want, "One mean per column of x.")?;
            }
            for cols in [d - 1, d + more] {
                let want = InputError::ShapeMismatch { left: (n, d), right: (q, cols) };
                let call = format!("project({n}×{d}, {d} means, {q}×{cols})");
                let look = "Each component is a row with one entry per column of x.";
                rejected(&call, project(&x, &vec![0.0; d], &Matrix::zeros(q, cols)), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        let inputs = (sizes([1..=2, 1..=3, 1..=2], [301, 65, 65]), any::seed(), any::not_finite());
        for_all("n, d, q, i, bad", inputs).cases(64).holds(|&([n, d, q], i, bad)| {
            let (x, mean, v, i) = (Matrix::zeros(n, d), vec![0.0; d], Matrix::zeros(q, d), i as usize);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "The index counts row by row.";
            let (j, k) = (i % (n * d), i % (q * d));
            rejected(CALL, project(&with(&x, j, bad), &mean, &v), rejection("x", j), look)?;
            rejected(CALL, project(&x, &mean, &with(&v, k, bad)), rejection("components", k), look)?;
            let mut odd = mean;
            odd[i % d] = bad;
            rejected(CALL, project(&x, &odd, &v), rejection("mean", i % d), look)
        });
    }

    #[test]
    fn handles_large_and_wide_data() {
        let inputs = sizes([0..=4, 0..=3, 0..=3], [301, 65, 129]).prop_flat_map(|[n, d, q]| {
            (
                any::matrix_of(n, d),
                any::entries(d),
                any::matrix_of(q, d),
                prop_oneof![
                    2 => Just([0, 0]),
                    1 => (-450..=450_i32).prop_map(|k| [k, 0]),
                    1 => [-400..=400_i32, -400..=400],
                    1 => Just([-400, -400])
                ],
            )
        });
        let names = "x / 2ᵏ, mean / 2ᵏ, components / 2ˡ, [k, l]";
        for_all(names, inputs).cases(64).holds(|(x, mean, v, powers)| {
            let [unit, of_v] = powers.map(|k| 2.0_f64.powi(k));
            let v = &Matrix::from_fn(v.rows(), v.cols(), |k, j| v[(k, j)] * of_v);
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
