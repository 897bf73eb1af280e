use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::least_squares::ridge;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{design, problem, two_by_three, with};
use super::is_the_minimum;

const CALL: &str = "ridge(x, y, λ)";

fn penalty() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop::sample::select(vec![0.125, 0.5, 1.0, 8.0, 64.0])
}

fn few_samples() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    problem().prop_map(|(x, y, ..)| (x, y))
}

#[test]
fn what_the_data_gain_by_a_larger_weight_is_what_it_costs() {
    for_all("x, y, λ", (few_samples(), penalty())).holds(|((x, y), penalty)| {
        let fitted = ridge(x, y, *penalty).accepted(CALL)?;
        equal(
            "the number of weights",
            fitted.0.len(),
            x.cols(),
            "One weight a feature; b stands beside them.",
        )?;
        is_the_minimum(CALL, x, y, *penalty, &fitted)
    });
}

#[test]
fn without_a_price_it_is_least_squares() {
    let inputs = (0..=3_usize).prop_flat_map(|d| (design(d), any::vector(9..=9)));
    for_all("x, y", inputs).holds(|(x, y)| {
        let y = &y[..x.rows()];
        is_the_minimum("ridge(x, y, 0)", x, y, 0.0, &ridge(x, y, 0.0).accepted("ridge(x, y, 0)")?)
    });
}

#[test]
fn features_in_another_unit_have_weights_in_that_unit() {
    let inputs = (1..=3_usize).prop_flat_map(|d| (design(d), any::vector(9..=9), -40..=40_i32));
    for_all("x, y, k", inputs).holds(|(x, y, k)| {
        let (y, unit) = (&y[..x.rows()], 2.0_f64.powi(*k));
        let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit);
        let (want_w, want_b) = ridge(x, y, 0.0).accepted("ridge(x, y, 0)")?;
        let call = "ridge(2ᵏ·x, y, 0)";
        let (w, b) = ridge(&scaled, y, 0.0).accepted(call)?;
        let w: Vec<f64> = w.iter().map(|w| w * unit).collect();
        // Elimination may choose other pivots, which are worse by their ratio.
        let look = "All features were multiplied by 2ᵏ: weights by 2⁻ᵏ, b stays. What is small, compared \
                    with its own column?";
        close("2ᵏ·w", w.as_slice(), want_w.as_slice(), 1e-6, look)?;
        close("b", b, want_b, 1e-6, look)
    });
}

#[test]
fn targets_that_are_all_higher_by_c_move_the_intercept_only() {
    for_all("x, y, λ, c", (few_samples(), penalty(), any::eighth())).holds(|((x, y), penalty, c)| {
        let raised: Vec<f64> = y.iter().map(|y| y + c).collect();
        let (w, b) = ridge(x, y, *penalty).accepted(CALL)?;
        let (raised_w, raised_b) = ridge(x, &raised, *penalty).accepted("ridge(x, y + c, λ)")?;
        // The condition is at most 1 + 3·64/λ ≤ 1537, and no weight is above 8·8·√3/λ.
        let (tolerance, look) =
            (rounding(64, 1537.0 * 900.0), "The intercept has no price: it is free to follow the mean.");
        close("w of ridge(x, y + c, λ)", raised_w.as_slice(), w.as_slice(), tolerance, look)?;
        close("b of ridge(x, y + c, λ)", raised_b, b + c, tolerance * 25.0, look)
    });
}

#[test]
fn a_higher_price_makes_no_larger_weights() {
    for_all("x, y, λ", (few_samples(), penalty())).holds(|((x, y), penalty)| {
        let square = |w: Vec<f64>| w.iter().map(|w| w * w).sum::<f64>();
        let cheap = square(ridge(x, y, *penalty).accepted(CALL)?.0);
        let dear = square(ridge(x, y, 2.0 * penalty).accepted("ridge(x, y, 2λ)")?.0);
        ensure(dear <= cheap * (1.0 + 1e-9) + 1e-18, || {
            Broken::answer(
                format!("‖w‖² = {cheap} for λ, {dear} for 2λ"),
                "‖w‖² falls as λ grows",
                "Where does λ enter, and with which sign?",
            )
        })
    });
}

#[test]
fn a_very_high_price_leaves_the_covariance_over_lambda() {
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
        let look =
            "The more λ outweighs the data, the nearer is w to Σxᵢⱼ(yᵢ − ȳ)/n/λ. Is λ cut off somewhere?";
        close("λ·w", paid.as_slice(), covariance.as_slice(), 1e-4, look)
    });
}

#[test]
fn twin_features_share_their_weight() {
    for_all("v, y, λ", (any::vector(5..=5), any::vector(5..=5), penalty())).holds(|(v, y, penalty)| {
        let x = Matrix::from_fn(5, 2, |i, _| v[i]);
        let (w, _) = ridge(&x, y, *penalty).accepted("ridge([v, v], y, λ)")?;
        equal("the number of weights", w.len(), 2, "One weight a feature.")?;
        let look = "For λ > 0 dependent features are no obstacle: two halves are cheaper than one whole.";
        close("w₁ of ridge([v, v], y, λ)", w[1], w[0], rounding(64, 1025.0 * 600.0), look)
    });
}

#[test]
fn a_small_price_is_enough_for_twins() {
    let price = prop::sample::select(vec![0.5_f64.powi(10), 0.5_f64.powi(20), 0.5_f64.powi(30)]);
    for_all("v, y, λ", (any::vector(5..=5), any::vector(5..=5), price)).cases(128).holds(
        |(v, y, penalty)| {
            let x = Matrix::from_fn(5, 2, |i, _| v[i]);
            let call = "ridge([v, v], y, λ) with a small λ";
            let (w, _) = ridge(&x, y, *penalty).accepted(call)?;
            let off = |of: &[f64]| of.iter().map(|x| (x - of.iter().sum::<f64>() / 5.0).powi(2)).sum::<f64>();
            // No weight is larger than the least squares allow, √(Σy²/Σv²). What parts the twins is λ alone, up to 64/λ times
            // smaller than what rounds.
            let largest = (off(y) / off(v).max(1.0 / 64.0)).sqrt();
            let look = "λ is 10⁻⁹ or more of the mean square: small, and no 0. Dependent features are \
                        rejected only without it.";
            close(&format!("w₁ of {call}"), w[1], w[0], rounding(64, (1.0 + 64.0 / penalty) * largest), look)
        },
    );
}

#[test]
fn dependent_features_without_a_price_are_rejected() {
    for_all("v, y", any::vectors(3..=5)).cases(64).holds(|[v, y]| {
        let (x, want) = (Matrix::from_fn(v.len(), 2, |i, _| v[i]), InputError::Dependent { name: "x" });
        rejected(
            "ridge([v, v], y, 0)",
            ridge(&x, y, 0.0),
            want,
            "With λ = 0 nothing keeps the pivot away from 0.",
        )
    });
}

#[test]
fn as_many_weights_as_samples_without_a_price_are_rejected() {
    example(|| {
        let x = two_by_three();
        for d in 2..=3 {
            let part = Matrix::from_fn(2, d, |i, j| x[(i, j)]);
            let (call, want) = (format!("ridge(2×{d}, [1, 2], 0)"), InputError::Dependent { name: "x" });
            let look = "Two samples, and more than two unknowns with b: many answers are equally good.";
            rejected(&call, ridge(&part, &[1.0, 2.0], 0.0), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_negative_price_is_rejected() {
    example(|| {
        let want = InputError::OutOfRange { name: "penalty", got: -0.125, wanted: "at least 0" };
        rejected(
            "ridge(x, y, −0.125)",
            ridge(&two_by_three(), &[1.0; 2], -0.125),
            want,
            "Below 0 large weights would pay.",
        )
    });
}

#[test]
fn unpaired_samples_and_none_are_rejected() {
    example(|| {
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        let look = "Compare the number of rows with the number of targets, rows on the left.";
        rejected("ridge(2×3, [1, 1, 1], 1)", ridge(&two_by_three(), &[1.0; 3], 1.0), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("ridge(0×1, [], 1)", ridge(&Matrix::zeros(0, 1), &[], 1.0), want, "Nothing to learn from.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let y: Vec<f64> = (0..2).map(|i| if i == k % 2 { *bad } else { 1.0 }).collect();
        let (look, x) =
            ("Look through x, y and λ, in this order, before anything is added up.", two_by_three());
        let rejection = |name, index| InputError::NotFinite { name, index };
        rejected(CALL, ridge(&with(&x, *k, *bad), &[1.0; 2], 1.0), rejection("x", *k), look)?;
        rejected(CALL, ridge(&x, &y, 1.0), rejection("y", k % 2), look)?;
        rejected(CALL, ridge(&x, &[1.0; 2], *bad), rejection("penalty", 0), look)
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let (x, bad) = (two_by_three(), Matrix::from_fn(2, 3, |_, _| f64::NAN));
        let rejection = |name| InputError::NotFinite { name, index: 0 };
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected("ridge(2×3 with NaN, 3 targets, −1)", ridge(&bad, &[1.0; 3], -1.0), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("ridge(0×3, [], −1)", ridge(&Matrix::zeros(0, 3), &[], -1.0), want, look)?;
        rejected("ridge, NaN everywhere", ridge(&bad, &[f64::NAN; 2], f64::NAN), rejection("x"), look)?;
        rejected("ridge(x, [NaN, NaN], −1)", ridge(&x, &[f64::NAN; 2], -1.0), rejection("y"), look)?;
        let want = InputError::OutOfRange { name: "penalty", got: -1.0, wanted: "at least 0" };
        rejected("ridge(zeros, [1, 1], −1)", ridge(&Matrix::zeros(2, 3), &[1.0; 2], -1.0), want, look)
    })
}

#[test]
fn with_lambda_3_a_slope_of_2_becomes_one_half() {
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
