use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::boss::pca::explained_variance_ratio;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{covariance_of, eigenvalues, samples, spoiled, trace};

const CALL: &str = "explained_variance_ratio(x)";

/// Samples that are not all the same.
fn varied() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    samples().prop_map(|mut x| {
        let last = x.rows() - 1;
        if (0..last).all(|i| x.row(i) == x.row(last)) {
            x[(last, 0)] += 1.0;
        }
        x
    })
}

#[test]
fn they_are_shares_of_the_eigenvalues() {
    for_all("x", varied()).holds(|x| {
        let (c, got) = (covariance_of(x), explained_variance_ratio(x).accepted(CALL)?);
        let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
        equal("the number of ratios", got.len(), x.cols(), "One for each feature, also where it is 0.")?;
        close(
            CALL,
            got.as_slice(),
            want.as_slice(),
            4e-9,
            "Each eigenvalue of the covariance over the sum of all.",
        )
    });
}

#[test]
fn they_fall_and_sum_to_one() {
    for_all("x", varied()).holds(|x| {
        let got = explained_variance_ratio(x).accepted(CALL)?;
        let falls = got.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9) && got.iter().all(|r| *r >= -1e-9);
        ensure(falls, || {
            Broken::answer(format!("{CALL} = {got:?}"), "falling shares, none below 0", "Largest first.")
        })?;
        close(
            "their sum",
            got.iter().sum(),
            1.0,
            4e-9,
            "Together they are all of the variance, not of the first.",
        )
    });
}

#[test]
fn neither_unit_nor_place_matters() {
    for_all("x, k", (varied(), prop_oneof![Just(0), -60..=20_i32])).holds(|(x, k)| {
        let unit = 2.0_f64.powi(*k);
        let other = Matrix::from_fn(x.rows(), x.cols(), |i, j| unit * (1000.0 * x[(i, j)] + 8192.0));
        let (got, want) =
            (explained_variance_ratio(&other).accepted(CALL)?, explained_variance_ratio(x).accepted(CALL)?);
        close(
            "explained_variance_ratio(2ᵏ·(1000·x + 8192))",
            got.as_slice(),
            want.as_slice(),
            4e-9,
            "A share has no unit: is anything compared with a fixed number?",
        )
    });
}

#[test]
fn samples_that_come_again_and_features_that_stay_are_no_constant() {
    for_all("x, times", (varied(), 1..=3_usize)).cases(32).holds(|(x, times)| {
        // The first sample some times over, and a first feature that is always ⅛.
        let copied = |i: usize, j: usize| if j == 0 { 0.125 } else { x[(i.saturating_sub(*times), j - 1)] };
        let more = Matrix::from_fn(x.rows() + times, x.cols() + 1, copied);
        let got = explained_variance_ratio(&more).accepted(CALL)?;
        let c = covariance_of(&more);
        let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
        let look =
            "`Constant` is for samples that are all the same, not for two of them, or for one feature.";
        close(CALL, got.as_slice(), want.as_slice(), 4e-9, look)
    });
}

#[test]
fn an_upright_cross_has_its_ratios_on_the_axes() {
    example(|| {
        let x = Matrix::from_rows([[1.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, -3.0]]);
        let got = explained_variance_ratio(&x).accepted(CALL)?;
        close(
            CALL,
            got.as_slice(),
            [0.9, 0.1].as_slice(),
            1e-9,
            "9 + 9 against 1 + 1: variances are squares.",
        )
    });
}

#[test]
fn the_digits_have_two_known_ratios() {
    example(|| {
        let got = explained_variance_ratio(&kit::data::digits().features)
            .accepted("explained_variance_ratio(digits)")?;
        let look = "scikit-learn finds these two for the 1,797 digits, to six decimals.";
        close("the first two ratios", &got[..2.min(got.len())], [0.148_906, 0.136_188].as_slice(), 1e-6, look)
    });
}

#[test]
fn what_does_not_vary_is_rejected() {
    example(|| {
        let rejection = InputError::Constant { name: "x" };
        let look =
            "0/0 is no share. Ask the samples, not their sums: the mean of three times 0.1 is not 0.1.";
        for (n, d) in [(3, 2), (2, 1), (3, 0)] {
            let call = format!("explained_variance_ratio({n}×{d}, all 0.1)");
            rejected(
                &call,
                explained_variance_ratio(&Matrix::from_fn(n, d, |_, _| 0.1)),
                rejection.clone(),
                look,
            )?;
        }
        for got in 0..2 {
            let want = InputError::TooFew { got, wanted: 2 };
            let call = format!("explained_variance_ratio({got}×3)");
            rejected(
                &call,
                explained_variance_ratio(&Matrix::zeros(got, 3)),
                want,
                "One sample does not vary.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let x = Matrix::from_fn(2, 3, |i, j| if spoiled(3 * i + j, *k) { *bad } else { i as f64 });
        rejected(
            CALL,
            explained_variance_ratio(&x),
            InputError::NotFinite { name: "x", index: *k },
            "Row after row; of several the first.",
        )
    });
}
