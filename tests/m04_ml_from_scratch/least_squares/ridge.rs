use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::least_squares::ridge;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{design, problem, two_by_three};
use super::super::sizes::{
    Numbers, counting_but, fault, many, matrix_of, numbers, ones_but, several, unequal,
};
use super::is_the_minimum;

const CALL: &str = "ridge(x, y, λ)";

fn penalty() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    judge::any::select(vec![0.125, 0.5, 1.0, 8.0, 64.0])
}

fn few_samples() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    problem().prop_map(|(x, y, ..)| (x, y))
}

/// Features and targets of any size: there may be more features than samples.
fn any_samples(kind: Numbers) -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    let features = prop_oneof![120 => 0..=3_usize, 30 => 4..=16_usize, 30 => several(1..=3), 2 => Just(301)];
    (many(1..=5), features).prop_flat_map(move |(n, d)| {
        // One unknown per sample is a way too, and takes n³ operations.
        let n = n.min(157).min(2 + 1_000_000 / (d * d + 1));
        (matrix_of(kind, n, d), numbers(kind, n))
    })
}

#[test]
fn gradient_of_the_penalized_loss_vanishes() {
    for_all("x, y, λ", (any_samples(Numbers::Eighths), penalty())).holds(|((x, y), penalty)| {
        let fitted = ridge(x, y, *penalty).accepted(CALL)?;
        equal(
            "the number of weights",
            fitted.0.len(),
            x.cols(),
            "One weight per feature; b is returned separately.",
        )?;
        is_the_minimum(CALL, x, y, *penalty, &fitted)
    });
}

#[test]
fn is_least_squares_without_a_penalty() {
    let inputs = (0..=3_usize).prop_flat_map(|d| (design(d), any::vector(9..=9)));
    for_all("x, y", inputs).holds(|(x, y)| {
        let y = &y[..x.rows()];
        is_the_minimum("ridge(x, y, 0)", x, y, 0.0, &ridge(x, y, 0.0).accepted("ridge(x, y, 0)")?)
    });
}

#[test]
fn shifted_targets_change_the_intercept_only() {
    for_all("x, y, λ, c", (few_samples(), penalty(), any::eighth())).holds(|((x, y), penalty, c)| {
        let raised: Vec<f64> = y.iter().map(|y| y + c).collect();
        let (w, b) = ridge(x, y, *penalty).accepted(CALL)?;
        let (raised_w, raised_b) = ridge(x, &raised, *penalty).accepted("ridge(x, y + c, λ)")?;
        // The condition is at most 1 + 3·64/λ ≤ 1537, and no weight is above 8·8·√3/λ.
        let (tolerance, look) =
            (rounding(64, 1537.0 * 900.0), "The intercept is not penalized: it follows the mean.");
        close("w of ridge(x, y + c, λ)", raised_w.as_slice(), w.as_slice(), tolerance, look)?;
        close("b of ridge(x, y + c, λ)", raised_b, b + c, tolerance * 25.0, look)
    });
}

#[test]
fn a_larger_penalty_gives_smaller_weights() {
    for_all("x, y, λ", (few_samples(), penalty())).holds(|((x, y), penalty)| {
        let square = |w: Vec<f64>| w.iter().map(|w| w * w).sum::<f64>();
        let weak = square(ridge(x, y, *penalty).accepted(CALL)?.0);
        let strong = square(ridge(x, y, 2.0 * penalty).accepted("ridge(x, y, 2λ)")?.0);
        ensure(strong <= weak * (1.0 + 1e-9) + 1e-18, || {
            Broken::answer(
                format!("‖w‖² = {weak} for λ, {strong} for 2λ"),
                "‖w‖² falls as λ grows",
                "Where does λ enter, and with which sign?",
            )
        })
    });
}

#[test]
fn equal_features_share_their_weight() {
    for_all("v, y, λ", (any::vector(5..=5), any::vector(5..=5), penalty())).holds(|(v, y, penalty)| {
        let x = Matrix::from_fn(5, 2, |i, _| v[i]);
        let (w, _) = ridge(&x, y, *penalty).accepted("ridge([v, v], y, λ)")?;
        equal("the number of weights", w.len(), 2, "One weight per feature.")?;
        let look =
            "For λ > 0 dependent features are allowed: two equal weights have a smaller penalty than one.";
        close("w₁ of ridge([v, v], y, λ)", w[1], w[0], rounding(64, 1025.0 * 600.0), look)
    });
}

#[test]
fn a_penalty_of_3_shrinks_a_weight_from_2_to_one_half() {
    example(|| {
        let x = Matrix::from_rows([[1.0], [-1.0], [1.0], [-1.0]]);
        let call = "ridge([[1], [−1], [1], [−1]], [4, 0, 2, −2], 3)";
        let (w, b) = ridge(&x, &[4.0, 0.0, 2.0, -2.0], 3.0).accepted(call)?;
        let look = "Means, not sums: w·(Σx²/n + λ) = Σxy/n, so w = 2/(1 + 3).";
        close(&format!("w of {call}"), w.as_slice(), [0.5].as_slice(), rounding(1000, 1.0), look)?;
        close(&format!("b of {call}"), b, 1.0, rounding(1000, 1.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::least_squares::ridge;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [-1.0], [1.0], [-1.0]]);
        let (w, b) = ridge(&x, &[4.0, 0.0, 2.0, -2.0], 3.0)?;
        assert!((w[0] - 0.5).abs() < 1e-12 && (b - 1.0).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_with_the_unit_of_the_features() {
        let inputs = (1..=3_usize).prop_flat_map(|d| {
            (design(d), any::vector(9..=9), prop_oneof![7 => -40..=40_i32, 1 => Just(-350)])
        });
        for_all("x, y, k", inputs).holds(|(x, y, k)| {
            let (y, unit) = (&y[..x.rows()], 2.0_f64.powi(*k));
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let (want_w, want_b) = ridge(x, y, 0.0).accepted("ridge(x, y, 0)")?;
            // Where all features are as small as that, so are the targets.
            let of_y = if *k < -300 { unit } else { 1.0 };
            let scaled_y: Vec<f64> = y.iter().map(|y| y * of_y).collect();
            let call = "ridge(2ᵏ·x, y, 0)";
            let (w, b) = ridge(&scaled, &scaled_y, 0.0).accepted(call)?;
            let (w, b): (Vec<f64>, f64) = (w.iter().map(|w| w * unit / of_y).collect(), b / of_y);
            // Elimination may choose other pivots, which are worse by their ratio.
            let look = "All features were multiplied by 2ᵏ: weights by 2⁻ᵏ, b stays. What is small, compared \
                        with its own column?";
            close("2ᵏ·w", w.as_slice(), want_w.as_slice(), 1e-6, look)?;
            close("b", b, want_b, 1e-6, look)
        });
    }

    #[test]
    fn a_very_large_penalty_leaves_covariance_over_lambda() {
        for_all("x, y", few_samples()).cases(64).holds(|(x, y)| {
            let (n, penalty) = (y.len() as f64, 2.0_f64.powi(30));
            let call = "ridge(x, y, 2³⁰)";
            let (w, _) = ridge(x, y, penalty).accepted(call)?;
            let mean = y.iter().sum::<f64>() / n;
            let covariance: Vec<f64> = (0..x.cols())
                .map(|j| y.iter().enumerate().map(|(i, y)| x[(i, j)] * (y - mean)).sum::<f64>() / n)
                .collect();
            let paid: Vec<f64> = w.iter().map(|w| penalty * w).collect();
            // λw is the covariance less C·w, with C the covariances of the features, at most 64 each: off by 3·64/λ of at
            // most 64·√3, 2·10⁻⁵. Reflections of rows as unlike as 1 and √(nλ) round by a few ε·√(nλ)·64, far less.
            let look = "For large λ, w approaches Σxᵢⱼ(yᵢ − ȳ)/n/λ. Is λ clipped?";
            close("λ·w", paid.as_slice(), covariance.as_slice(), 1e-4, look)
        });
    }

    #[test]
    fn a_small_penalty_is_enough_for_equal_features() {
        let price = judge::any::select(vec![0.5_f64.powi(10), 0.5_f64.powi(20), 0.5_f64.powi(30)]);
        for_all("v, y, λ", (any::vector(5..=5), any::vector(5..=5), price)).cases(128).holds(
            |(v, y, penalty)| {
                let x = Matrix::from_fn(5, 2, |i, _| v[i]);
                let call = "ridge([v, v], y, λ) with a small λ";
                let (w, _) = ridge(&x, y, *penalty).accepted(call)?;
                let off =
                    |of: &[f64]| of.iter().map(|x| (x - of.iter().sum::<f64>() / 5.0).powi(2)).sum::<f64>();
                // No weight is larger than the least squares allow, √(Σy²/Σv²). What parts the twins is λ alone, up to 64/λ times
                // smaller than what rounds.
                let largest = (off(y) / off(v).max(1.0 / 64.0)).sqrt();
                let look = "λ is 10⁻⁹ or more of the mean square: small, but not 0. Dependent features are \
                            rejected only for λ = 0.";
                close(
                    &format!("w₁ of {call}"),
                    w[1],
                    w[0],
                    rounding(64, (1.0 + 64.0 / penalty) * largest),
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_dependent_features_without_a_penalty() {
        for_all("v, y", any::vectors(3..=5)).cases(64).holds(|[v, y]| {
            let (x, want) = (Matrix::from_fn(v.len(), 2, |i, _| v[i]), InputError::Dependent { name: "x" });
            rejected(
                "ridge([v, v], y, 0)",
                ridge(&x, y, 0.0),
                want,
                "With λ = 0 the pivot of a dependent column is 0.",
            )
        });
    }

    #[test]
    fn rejects_too_few_samples_without_a_penalty() {
        example(|| {
            let x = two_by_three();
            for d in 2..=3 {
                let part = Matrix::from_fn(2, d, |i, j| x[(i, j)]);
                let (call, want) = (format!("ridge(2×{d}, [1, 2], 0)"), InputError::Dependent { name: "x" });
                let look = "Two samples, and more than two unknowns with b: the solution is not unique.";
                rejected(&call, ridge(&part, &[1.0, 2.0], 0.0), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_negative_penalty() {
        example(|| {
            let want = InputError::OutOfRange { name: "penalty", got: -0.125, wanted: "at least 0" };
            rejected(
                "ridge(x, y, −0.125)",
                ridge(&two_by_three(), &[1.0; 2], -0.125),
                want,
                "A negative penalty would reward large weights.",
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_samples() {
        example(|| {
            let want = InputError::LengthMismatch { left: 2, right: 3 };
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected("ridge(2×3, [1, 1, 1], 1)", ridge(&two_by_three(), &[1.0; 3], 1.0), want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "ridge(0×1, [], 1)",
                ridge(&Matrix::zeros(0, 1), &[], 1.0),
                want,
                "Without samples there is nothing to learn from.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let look = "Check x, y and λ before computing.";
            let rejection = |name, index| InputError::NotFinite { name, index };
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let y = vec![1.0; *n];
            rejected(CALL, ridge(&spoiled, &y, 1.0), rejection("x", i * d + j), look)?;
            rejected(CALL, ridge(&x, &ones_but(*n, *i, *bad), 1.0), rejection("y", *i), look)?;
            rejected(CALL, ridge(&x, &y, *bad), rejection("penalty", 0), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_negative_penalties_of_any_size() {
        for_all("[n, m], λ", (unequal(), any::magnitude(-300, 300))).cases(64).holds(|&([n, m], size)| {
            let x = Matrix::from_fn(n, 2, |i, j| (i * (j + 1) % 7) as f64);
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected("ridge(n×2, m targets, 1)", ridge(&x, &vec![1.0; m], 1.0), want, look)?;
            let got = -size.abs();
            let want = InputError::OutOfRange { name: "penalty", got, wanted: "at least 0" };
            let look = "A negative penalty would reward large weights.";
            rejected("ridge(x, y, −λ)", ridge(&x, &vec![1.0; n], got), want, look)
        });
    }

    #[test]
    fn is_accurate_for_any_size() {
        let inputs = (any_samples(Numbers::Fine), (1..=4_i32).prop_map(|k| f64::from(k) / 3.0));
        for_all("x, y, λ", inputs).cases(128).holds(|((x, y), penalty)| {
            let fitted = ridge(x, y, *penalty).accepted(CALL)?;
            is_the_minimum(CALL, x, y, *penalty, &fitted)
        });
    }

    #[test]
    fn scales_with_the_unit_of_features_targets_and_penalty() {
        let inputs = (few_samples(), penalty(), -20..=20_i32, -400..=400_i32);
        for_all("x, y, λ, k, m", inputs).cases(128).holds(|((x, y), penalty, k, m)| {
            let (unit, of_y) = (2.0_f64.powi(*k), 2.0_f64.powi(*m));
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
            let scaled_y: Vec<f64> = y.iter().map(|y| y * of_y).collect();
            let (want_w, want_b) = ridge(x, y, *penalty).accepted(CALL)?;
            let call = "ridge(2ᵏ·x, 2ᵐ·y, 4ᵏ·λ)";
            let (w, b) = ridge(&scaled, &scaled_y, unit * unit * penalty).accepted(call)?;
            let w: Vec<f64> = w.iter().map(|w| w * unit / of_y).collect();
            let look = "The features were multiplied by 2ᵏ, λ by 4ᵏ, the targets by 2ᵐ: the weights by \
                2ᵐ⁻ᵏ, b by 2ᵐ.";
            close("w, divided by 2ᵐ⁻ᵏ,", w.as_slice(), want_w.as_slice(), 1e-6, look)?;
            close("b, divided by 2ᵐ,", b / of_y, want_b, 1e-6, look)
        });
    }
}
