use judge::{Answer, any, close, close_entries, for_all, rejected, rounding};
use katas::boss::projection::reconstruct;
use kit::{InputError, Matrix};
use nalgebra::DMatrix;
use proptest::prelude::*;

use super::super::draw::{covariance_of, eigenvalues};
use super::{basis, first, with};
use judge::any::sizes;

const CALL: &str = "reconstruct(scores, mean, components)";

#[test]
fn is_mean_plus_weighted_components() {
    let inputs = (0..=5_usize).prop_flat_map(|q| {
        (any::any_matrix(0..=4, q..=q), any::vector(3..=3), any::any_matrix(q..=q, 3..=3))
    });
    for_all("scores, mean, components", inputs).holds(|(s, mean, v)| {
        let at = |i: usize, j: usize| mean[j] + (0..s.cols()).map(|k| s[(i, k)] * v[(k, j)]).sum::<f64>();
        let want = Matrix::from_fn(s.rows(), 3, at);
        let look = "mean + Σ score·component, one row of the components for each column of the scores.";
        close_entries(
            CALL,
            &reconstruct(s, mean, v).accepted(CALL)?,
            &want,
            |_, _| rounding(16, 8.0 + 5.0 * 64.0),
            look,
        )
    });
}

#[test]
fn is_right_for_any_number_of_samples_features_and_components() {
    let inputs = sizes([0..=4, 0..=3, 0..=3], [301, 65, 65])
        .prop_flat_map(|[n, d, q]| (any::matrix(n, q), any::vector(d..=d), any::matrix(q, d)));
    for_all("scores, mean, components", inputs).cases(64).holds(|(s, mean, v)| {
        let q = s.cols();
        let at = |i: usize, j: usize| mean[j] + (0..q).map(|k| s[(i, k)] * v[(k, j)]).sum::<f64>();
        let want = Matrix::from_fn(s.rows(), mean.len(), at);
        let look = "Every sample, feature and component counts, however many.";
        let tolerance = rounding(2 * q + 8, 8.0 + q as f64 * 64.0);
        close_entries(CALL, &reconstruct(s, mean, v).accepted(CALL)?, &want, |_, _| tolerance, look)
    });
}

#[test]
fn inverts_the_projection() {
    let inputs = ([any::angle(), any::angle()], any::any_matrix(1..=3, 3..=3), any::vector(3..=3));
    for_all("a, b, x, mean", inputs).holds(|(angles, x, mean)| {
        let v = basis(*angles);
        let score = |i: usize, k: usize| (0..3).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
        let got = reconstruct(&Matrix::from_fn(x.rows(), 3, score), mean, &v).accepted(CALL)?;
        close_entries(
            CALL,
            &got,
            x,
            |_, _| rounding(64, 64.0),
            "With a complete basis the reconstruction is exact.",
        )
    });
}

#[test]
fn reconstruction_error_is_the_dropped_variance() {
    for_all("x, kept", (any::any_matrix(2..=6, 3..=3), 0..=3_usize)).holds(|(x, kept)| {
        let (c, n) = (covariance_of(x), x.rows());
        let eigen = DMatrix::from_row_slice(3, 3, c.as_slice()).symmetric_eigen();
        let mut order = [0, 1, 2];
        order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let v = first(&Matrix::from_fn(3, 3, |k, j| eigen.eigenvectors[(j, order[k])]), *kept);
        let mean: Vec<f64> = (0..3).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
        let score = |i: usize, k: usize| (0..3).map(|j| (x[(i, j)] - mean[j]) * v[(k, j)]).sum();
        let back = reconstruct(&Matrix::from_fn(n, *kept, score), &mean, &v).accepted(CALL)?;
        let lost: f64 =
            (0..n).flat_map(|i| (0..3).map(move |j| (i, j))).map(|ij| (back[ij] - x[ij]).powi(2)).sum();
        let dropped: f64 = eigenvalues(&c)[*kept..].iter().sum();
        // Variances of at most 3·256; nalgebra's own rounding is a few hundred ε of that.
        let look = "The squared reconstruction error over n − 1 is the sum of the eigenvalues of the \
            components that are left out.";
        close("the squared reconstruction error over n − 1", lost / (n - 1) as f64, dropped, 1e-9, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::projection::reconstruct;
        use kit::Matrix;
        let (scores, v) = (Matrix::from_rows([[4.0]]), Matrix::from_rows([[0.0, 1.0]]));
        assert_eq!(reconstruct(&scores, &[1.0, 1.0], &v), Ok(Matrix::from_rows([[1.0, 5.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_mismatched_shapes() {
        let inputs = sizes([0..=3, 1..=3, 1..=3, 1..=3], [301, 65, 65, 65]);
        for_all("n, d, q, more", inputs).cases(48).holds(|&[n, d, q, more]| {
            let (s, v) = (Matrix::zeros(n, q), Matrix::zeros(q, d));
            for means in [d - 1, d + more] {
                let want = InputError::LengthMismatch { left: d, right: means };
                let call = format!("reconstruct({n}×{q}, {means} means, {q}×{d})");
                let look = "One mean per column of the components.";
                rejected(&call, reconstruct(&s, &vec![0.0; means], &v), want, look)?;
            }
            for rows in [q - 1, q + more] {
                let want = InputError::ShapeMismatch { left: (n, q), right: (rows, d) };
                let call = format!("reconstruct({n}×{q}, {d} means, {rows}×{d})");
                let look = "One column of scores per component.";
                rejected(&call, reconstruct(&s, &vec![0.0; d], &Matrix::zeros(rows, d)), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        let inputs = (sizes([1..=2, 1..=3, 1..=2], [301, 65, 65]), any::seed(), any::not_finite());
        for_all("n, d, q, i, bad", inputs).cases(64).holds(|&([n, d, q], i, bad)| {
            let (s, mean, v, i) = (Matrix::zeros(n, q), vec![0.0; d], Matrix::zeros(q, d), i as usize);
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "The index counts row by row.";
            let (j, k) = (i % (n * q), i % (q * d));
            rejected(CALL, reconstruct(&with(&s, j, bad), &mean, &v), rejection("scores", j), look)?;
            rejected(CALL, reconstruct(&s, &mean, &with(&v, k, bad)), rejection("components", k), look)?;
            let mut odd = mean;
            odd[i % d] = bad;
            rejected(CALL, reconstruct(&s, &odd, &v), rejection("mean", i % d), look)
        });
    }

    #[test]
    fn handles_large_and_wide_data() {
        let inputs = sizes([0..=4, 0..=3, 0..=3], [301, 65, 129]).prop_flat_map(|[n, d, q]| {
            (
                any::matrix_of(n, q),
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
        for_all("scores / 2ᵏ, mean / 2ᵏ, components / 2ˡ, [k, l]", inputs).cases(64).holds(
            |(s, mean, v, powers)| {
                let [unit, of_v] = powers.map(|k| 2.0_f64.powi(k));
                let v = &Matrix::from_fn(v.rows(), v.cols(), |k, j| v[(k, j)] * of_v);
                let s = &Matrix::from_fn(s.rows(), s.cols(), |i, j| s[(i, j)] * unit);
                let mean: &Vec<f64> = &mean.iter().map(|m| m * unit).collect();
                let got = reconstruct(s, mean, v).accepted(CALL)?;
                let q = s.cols();
                let at = |i: usize, j: usize| mean[j] + (0..q).map(|k| s[(i, k)] * v[(k, j)]).sum::<f64>();
                let size = |i: usize, j: usize| {
                    mean[j].abs() + (0..q).map(|k| (s[(i, k)] * v[(k, j)]).abs()).sum::<f64>()
                };
                let want = Matrix::from_fn(s.rows(), mean.len(), at);
                let look = "Every row, feature and component counts, whatever its scale.";
                close_entries(CALL, &got, &want, |i, j| rounding(2 * q + 8, size(i, j)), look)
            },
        );
    }
}
