use judge::{Answer, Verdict, any, close, equal, example, for_all, rejected, rejected_for, rounding};
use katas::x2_clustering::density::gaussian_log_density;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{fault, matrix, too_large};
use super::super::gauss::{Gaussian, gaussian, identity, unit};
use super::super::rejection::rejects_invalid;

const CALL: &str = "gaussian_log_density(x, mean, covariance)";

/// A Gaussian and points near it, and some far away.
fn case(n: usize, d: usize, unit: f64, far: f64, seed: u64) -> (Gaussian, Matrix) {
    let mut generator = Generator::from_seed(seed);
    let gaussian = gaussian(d, unit, &mut generator);
    let points: Vec<Vec<f64>> =
        (0..n).map(|i| gaussian.point(if i % 3 == 2 { far } else { 1.0 }, &mut generator)).collect();
    (gaussian, Matrix::from_fn(n, d, |i, a| points[i][a]))
}

fn agrees(gaussian: &Gaussian, x: &Matrix) -> Verdict {
    let got = gaussian_log_density(x, &gaussian.mean, &gaussian.covariance()).accepted(CALL)?;
    equal("the number of densities", got.len(), x.rows(), "One per point.")?;
    for (i, got) in got.into_iter().enumerate() {
        let (want, tolerance) = gaussian.log_density(x.row(i));
        let look =
            "Three terms: d·log 2π, log det Σ, and the squared distance by Σ⁻¹; half of their sum, negative.";
        close(&format!("log p(point {i})"), got, want, tolerance, look)?;
    }
    Ok(())
}

#[test]
fn is_the_logarithm_of_the_density() {
    for_all("n, d, seed", (any::part(1..=4_usize), any::part(1..=3_usize), any::seed())).holds(
        |&(n, d, seed)| {
            let (gaussian, x) = case(n, d, 1.0, 3.0, seed);
            agrees(&gaussian, &x)
        },
    );
}

#[test]
fn one_feature_has_the_bell_curve() {
    for_all("x, mean, deviation", (any::eighth(), any::eighth(), any::nonzero())).cases(128).holds(
        |&(x, mean, deviation)| {
            let variance = deviation * deviation;
            let got = gaussian_log_density(&matrix(1, 1, &[x]), &[mean], &matrix(1, 1, &[variance]));
            let z = (x - mean) / deviation;
            let want = -0.5 * (std::f64::consts::TAU.ln() + variance.ln() + z * z);
            let look = "The covariance holds the variance σ², not the standard deviation σ.";
            close("log p(x)", &got.accepted(CALL)?[..], &[want][..], rounding(32, 8.0 + z * z), look)
        },
    );
}

#[test]
fn integrates_to_one() {
    for_all("mean, deviation", (any::eighth(), any::nonzero())).cases(32).holds(|&(mean, deviation)| {
        // The trapezoid rule is exact for a bell curve as far as rounding lets one see: eight points per σ, 12σ wide.
        let step = deviation.abs() / 8.0;
        let x = Matrix::from_fn(193, 1, |i, _| mean + (i as f64 - 96.0) * step);
        let variance = matrix(1, 1, &[deviation * deviation]);
        let got = gaussian_log_density(&x, &[mean], &variance).accepted(CALL)?;
        let integral: f64 = got.iter().map(|log_p| log_p.exp() * step).sum();
        // A logarithm is off by 32ε·(8 + z²), and z² is 1 in the mean; then 193 terms are added up.
        let tolerance = rounding(32 * 9 + 193, 1.0);
        close("the integral of the density", integral, 1.0, tolerance, "A density integrates to 1.")
    });
}

#[test]
fn independent_features_add_up() {
    for_all(
        "x, mean, deviations",
        (any::vector(2..=2), any::vector(2..=2), [any::nonzero(), any::nonzero()]),
    )
    .cases(128)
    .holds(|(x, mean, [s, t])| {
        let of = |x: &[f64], mean: &[f64], covariance: &[f64]| {
            let d = mean.len();
            let got =
                gaussian_log_density(&matrix(1, d, x), mean, &matrix(d, d, covariance)).accepted(CALL)?;
            Ok::<f64, judge::Broken>(got.iter().sum())
        };
        let both = of(x, mean, &[s * s, 0.0, 0.0, t * t])?;
        let single = of(&x[..1], &mean[..1], &[s * s])? + of(&x[1..], &mean[1..], &[t * t])?;
        let size = ((x[0] - mean[0]) / s).powi(2) + ((x[1] - mean[1]) / t).powi(2);
        let look = "With a diagonal covariance the density is a product: its logarithms add up.";
        close("log p(x)", both, single, rounding(64, 16.0 + size), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::density::gaussian_log_density;
        use kit::Matrix;
        let x = Matrix::from_rows([[3.0, 1.0], [5.0, 1.0]]);
        let covariance = Matrix::from_rows([[1.0, 0.0], [0.0, 4.0]]);
        let log_p = gaussian_log_density(&x, &[3.0, 1.0], &covariance)?;
        assert!((log_p[0] + (4.0 * std::f64::consts::PI).ln()).abs() < 1e-12);
        assert!((log_p[1] - log_p[0] + 2.0).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_unit() {
        let inputs = (any::sizes([1..=5, 1..=4], [301, 101]), unit(), any::seed());
        for_all("[n, d], unit, seed", inputs).cases(96).holds(|&([n, d], unit, seed)| {
            let (gaussian, x) = case(n, d, unit, 10.0, seed);
            agrees(&gaussian, &x)
        });
    }

    #[test]
    fn is_finite_where_the_density_underflows() {
        for_all("d, far, seed", (any::several(1..=3), any::select(vec![40.0, 1e3, 1e6]), any::seed()))
            .cases(48)
            .holds(|&(d, far, seed)| {
                let (gaussian, x) = case(3, d.min(65), 1.0, far, seed);
                agrees(&gaussian, &x)
            });
    }

    #[test]
    fn determinants_too_large_or_too_small_for_a_number() {
        example(|| {
            for scale in [2.0_f64.powi(-60), 2.0_f64.powi(60)] {
                let d = 41;
                let lower = Matrix::from_fn(d, d, |i, j| if i == j { scale } else { 0.0 });
                let gaussian = Gaussian { mean: vec![0.0; d], lower };
                agrees(&gaussian, &Matrix::from_fn(2, d, |i, _| i as f64 * scale))?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_covariances_that_are_not_positive_definite() {
        example(|| {
            let want = InputError::NotPositiveDefinite { name: "covariance" };
            let look = "In Cholesky's factorization each number under the root is above 0.";
            for (covariance, why) in [
                (matrix(1, 1, &[0.0]), "[0]"),
                (matrix(1, 1, &[-1.0]), "[−1]"),
                (matrix(2, 2, &[1.0, 2.0, 2.0, 1.0]), "[1 2; 2 1]"),
                (matrix(2, 2, &[4.0, 0.0, 0.0, -1.0]), "[4 0; 0 −1]"),
                (matrix(2, 2, &[-4.0, 0.0, 0.0, -1.0]), "[−4 0; 0 −1], whose determinant is above 0"),
                (matrix(3, 3, &[1.0, 0.0, 2.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0]), "[1 0 2; 0 1 0; 2 0 1]"),
            ] {
                let d = covariance.rows();
                let got = gaussian_log_density(&Matrix::zeros(1, d), &vec![0.0; d], &covariance);
                rejected(&format!("gaussian_log_density(x, 0, {why})"), got, want.clone(), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_zero_or_negative_variance_in_any_place() {
        let inputs = any::several(1..=4).prop_flat_map(|d| (Just(d), any::place(d)));
        for_all("[d, j], variance", (inputs, any::select(vec![0.0, -1e-9, -1.0, -1e120]))).cases(48).holds(
            |&((d, j), variance)| {
                let entry = |a, b| match (a == b, a == j) {
                    (true, true) => variance,
                    (true, false) => 1.0,
                    _ => 0.0,
                };
                let got =
                    gaussian_log_density(&Matrix::zeros(1, d), &vec![0.0; d], &Matrix::from_fn(d, d, entry));
                let want = InputError::NotPositiveDefinite { name: "covariance" };
                rejected(CALL, got, want, "Each variance is above 0: check all pivots.")
            },
        );
    }

    #[test]
    fn rejects_a_covariance_that_is_not_symmetric() {
        let inputs = any::several(2..=4).prop_flat_map(|d| (Just(d), 0..d - 1, any::seed()));
        for_all("d, row, seed", inputs).cases(48).holds(|&(d, row, seed)| {
            let col = row + 1 + seed as usize % (d - 1 - row);
            // By much, or by one unit in the last place.
            let (one, other) = if seed % 2 == 0 { (0.0, 1e-9) } else { (0.25, 0.25_f64.next_up()) };
            let entry = |a, b| match (a == b, (a, b) == (row, col), (b, a) == (row, col)) {
                (true, ..) => 1.0,
                (_, true, _) => other,
                (.., true) => one,
                _ => 0.0,
            };
            let got =
                gaussian_log_density(&Matrix::zeros(1, d), &vec![0.0; d], &Matrix::from_fn(d, d, entry));
            rejected(
                CALL,
                got,
                InputError::NotSymmetric { row, col },
                "Compare each entry with its mirror image.",
            )
        });
    }

    #[test]
    fn rejects_invalid_points_and_means_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(
            |&(([n, d], [i, j], bad), large)| {
                let (d, j) = (d.min(65), j.min(64));
                let (fine, mean) = (Matrix::zeros(1, d), vec![0.0; d]);
                rejects_invalid(CALL, "x", &([n, d], [i, j], bad), large, |x| {
                    gaussian_log_density(x, &mean, &identity(d))
                })?;
                rejects_invalid(CALL, "mean", &([1, d], [0, j], bad), large, |means| {
                    gaussian_log_density(&fine, means.row(0), &identity(d))
                })
            },
        );
    }

    #[test]
    fn rejects_a_covariance_that_is_not_finite() {
        let inputs = any::several(1..=3).prop_flat_map(|d| (Just(d), any::place(d)));
        for_all("[d, j], bad", (inputs, any::not_finite())).cases(48).holds(|&((d, j), bad)| {
            let mut covariance = identity(d);
            covariance[(j, j)] = bad;
            let mut wants = vec![InputError::NotFinite { name: "covariance", index: j * d + j }];
            // A variance of −∞ is negative as well.
            if bad < 0.0 {
                wants.push(InputError::NotPositiveDefinite { name: "covariance" });
            }
            let got = gaussian_log_density(&Matrix::zeros(1, d), &vec![0.0; d], &covariance);
            rejected_for(CALL, got, &wants, "Check all entries; count row after row.")
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_fit_and_nothing() {
        for_all("[d, e]", any::unequal_lengths(101)).cases(48).holds(|&[d, e]| {
            let x = Matrix::zeros(3, d);
            let want = InputError::LengthMismatch { left: d, right: e };
            let look = "One entry of the mean per feature.";
            rejected(CALL, gaussian_log_density(&x, &vec![0.0; e], &identity(d)), want, look)?;
            let look = "The covariance is d×d.";
            let want = InputError::ShapeMismatch { left: (3, d), right: (e, e) };
            rejected(CALL, gaussian_log_density(&x, &vec![0.0; d], &identity(e)), want, look)?;
            let want = InputError::ShapeMismatch { left: (3, d), right: (d, e) };
            rejected(CALL, gaussian_log_density(&x, &vec![0.0; d], &Matrix::zeros(d, e)), want, look)?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "At least one point and one feature.";
            let got = gaussian_log_density(&Matrix::zeros(0, d), &vec![0.0; d], &identity(d));
            rejected(CALL, got, few.clone(), look)?;
            rejected(CALL, gaussian_log_density(&Matrix::zeros(2, 0), &[], &identity(0)), few, look)
        });
    }
}
