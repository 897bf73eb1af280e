use judge::{Answer, any, close_entries, equal, example, for_all, rejected, rounding};
use katas::boss::pca::covariance;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{covariance_of, samples};
use judge::any::sizes;

const CALL: &str = "covariance(x)";

#[test]
fn matches_the_definition() {
    for_all("x", samples()).holds(|x| {
        let look = "Cov(j, k) = Σ (x_ij − m_j)(x_ik − m_k) / (n − 1).";
        // Deviations of at most 16, each rounded with its mean.
        let tolerance = rounding(8 * x.rows(), 2.0 * 256.0);
        close_entries(CALL, &covariance(x).accepted(CALL)?, &covariance_of(x), |_, _| tolerance, look)
    });
}

#[test]
fn is_symmetric() {
    for_all("x", samples()).cases(128).holds(|x| {
        let c = covariance(x).accepted(CALL)?;
        equal("the shape", c.shape(), (x.cols(), x.cols()), "One row and one column per feature.")?;
        let transposed = Matrix::from_fn(x.cols(), x.cols(), |j, k| c[(k, j)]);
        let look = "Cov(j, k) = Cov(k, j).";
        close_entries("the transpose", &transposed, &c, |_, _| rounding(8 * x.rows(), 2.0 * 256.0), look)
    });
}

#[test]
fn matches_the_definition_for_any_number_of_samples_and_features() {
    let x = sizes([2..=6, 1..=4], [1025, 257]).prop_flat_map(|[n, d]| any::matrix(n, d));
    for_all("x", x).cases(32).holds(|x| {
        let look = "Every sample and every pair of features counts; divide by n − 1, however large n is.";
        let tolerance = rounding(8 * x.rows(), 2.0 * 256.0);
        close_entries(CALL, &covariance(x).accepted(CALL)?, &covariance_of(x), |_, _| tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::pca::covariance;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0, 0.0], [3.0, -4.0]]);
        assert_eq!(covariance(&x), Ok(Matrix::from_rows([[2.0, -4.0], [-4.0, 8.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_translation_invariant_without_cancellation() {
        for_all("x", samples()).holds(|x| {
            // Eighths plus 2³⁰ are exact; the mean is rounded, and in a running mean so is each product of deviations: 16 of one
            // by the rounding of the other, for n samples, over n − 1.
            let far = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + 1_073_741_824.0);
            let tolerance = 32.0 * rounding(x.rows(), 1_073_741_824.0);
            let (call, look) = (
                "covariance(x + 2³⁰)",
                "E[xy] − E[x]·E[y] loses all digits to cancellation here. Subtract the means first.",
            );
            close_entries(call, &covariance(&far).accepted(call)?, &covariance_of(x), |_, _| tolerance, look)
        });
    }

    #[test]
    fn rejects_fewer_than_two_samples() {
        example(|| {
            for got in 0..2 {
                let want = InputError::TooFew { got, wanted: 2 };
                rejected(
                    &format!("covariance({got}×3)"),
                    covariance(&Matrix::zeros(got, 3)),
                    want,
                    "n − 1 must be greater than 0.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        let inputs = (sizes([2..=3, 1..=3], [301, 65]), any::seed(), any::not_finite());
        for_all("n, d, i, bad", inputs).cases(64).holds(|&([n, d], i, bad)| {
            let k = i as usize % (n * d);
            let x = Matrix::from_fn(n, d, |i, j| if d * i + j == k { bad } else { 1.0 });
            let want = InputError::NotFinite { name: "x", index: k };
            rejected(CALL, covariance(&x), want, "The index counts row by row.")
        });
    }

    #[test]
    fn handles_large_and_wide_data() {
        let x = sizes([2..=6, 0..=4], [301, 65]).prop_flat_map(|[n, d]| any::matrix_of(n, d));
        let inputs = (x, prop_oneof![2 => Just(0), 1 => -450..=450_i32]);
        for_all("x / unit, log2 unit", inputs).cases(48).holds(|(x, k)| {
            let x = &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * 2.0_f64.powi(*k));
            let (n, d) = x.shape();
            let size = |j: usize| (0..n).map(|i| x[(i, j)].abs()).fold(0.0, f64::max);
            let sizes: Vec<f64> = (0..d).map(size).collect();
            let look = "All rows and all pairs of columns count, whatever their scale.";
            // Each mean errs by n·ε times the size of its column, and each product of deviations by twice that times the other.
            let tolerance = |j: usize, k: usize| rounding(32 * n, sizes[j] * sizes[k]);
            close_entries(CALL, &covariance(x).accepted(CALL)?, &covariance_of(x), tolerance, look)
        });
    }
}
