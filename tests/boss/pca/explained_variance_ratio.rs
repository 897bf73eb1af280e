use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::boss::pca::explained_variance_ratio;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{covariance_of, eigenvalues, samples, trace};
use judge::any::sizes;

const CALL: &str = "explained_variance_ratio(x)";

/// Samples that are not all equal.
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
fn are_fractions_of_the_eigenvalues() {
    for_all("x", varied()).holds(|x| {
        let (c, got) = (covariance_of(x), explained_variance_ratio(x).accepted(CALL)?);
        let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
        equal("the number of ratios", got.len(), x.cols(), "One per feature, also where it is 0.")?;
        close(
            CALL,
            got.as_slice(),
            want.as_slice(),
            4e-9,
            "Each eigenvalue of the covariance matrix over the sum of all.",
        )
    });
}

#[test]
fn are_descending_and_sum_to_one() {
    for_all("x", varied()).holds(|x| {
        let got = explained_variance_ratio(x).accepted(CALL)?;
        let descending =
            got.windows(2).all(|pair| pair[0] >= pair[1] - 1e-9) && got.iter().all(|r| *r >= -1e-9);
        ensure(descending, || {
            Broken::answer(
                format!("{CALL} = {got:?}"),
                "descending fractions, none negative",
                "In descending order.",
            )
        })?;
        close(
            "their sum",
            got.iter().sum(),
            1.0,
            4e-9,
            "Divide by the sum of all eigenvalues, not by the largest.",
        )
    });
}

#[test]
fn are_right_for_any_number_of_samples_and_features() {
    let x = sizes([2..=6, 1..=4], [1025, 13]).prop_flat_map(|[n, d]| any::matrix(n, d));
    for_all("x", x).cases(48).holds(|x| {
        let n = x.rows();
        if (1..n).all(|i| x.row(i) == x.row(0)) {
            return Ok(());
        }
        let (c, got) = (covariance_of(x), explained_variance_ratio(x).accepted(CALL)?);
        let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
        let look = "Every sample and every feature counts, however many.";
        close(CALL, got.as_slice(), want.as_slice(), 4e-9, look)
    });
}

#[test]
fn of_a_cross_are_known() {
    example(|| {
        let x = Matrix::from_rows([[1.0, 0.0], [-1.0, 0.0], [0.0, 3.0], [0.0, -3.0]]);
        let got = explained_variance_ratio(&x).accepted(CALL)?;
        close(
            CALL,
            got.as_slice(),
            [0.9, 0.1].as_slice(),
            1e-9,
            "9 + 9 to 1 + 1: variances are squared deviations.",
        )
    });
}

#[test]
fn of_a_cross_with_arms_of_any_length_are_known() {
    for_all("k, l, turned", (0..=13_i32, 0..=13_i32, proptest::prelude::any::<bool>())).cases(64).holds(
        |&(k, l, turned)| {
            let (a, b) = (0.5_f64.powi(k), 0.5_f64.powi(l));
            let axis = |j: usize| usize::from(turned) ^ j;
            let x = Matrix::from_fn(4, 2, |i, j| {
                let arm = if i < 2 { (a, 0) } else { (b, 1) };
                if axis(j) == arm.1 { arm.0 * [1.0, -1.0][i % 2] } else { 0.0 }
            });
            let got = explained_variance_ratio(&x).accepted(CALL)?;
            let (large, small) = (a.max(b).powi(2), a.min(b).powi(2));
            let want = [large / (large + small), small / (large + small)];
            let look = format!("Arms of {a} and {b}: a small ratio is not 0. Each is right to 10⁻⁹.");
            close(CALL, got.as_slice(), want.as_slice(), 1e-9, look)
        },
    );
}

#[test]
fn match_scikit_learn_on_the_digits() {
    example(|| {
        let got = explained_variance_ratio(&kit::data::digits().features)
            .accepted("explained_variance_ratio(digits)")?;
        let look = "scikit-learn's values for the 1,797 digits, to six decimals.";
        close("the first two ratios", &got[..2.min(got.len())], [0.148_906, 0.136_188].as_slice(), 1e-6, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::pca::explained_variance_ratio;
        use kit::Matrix;
        let x = Matrix::from_rows([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]);
        let ratios = explained_variance_ratio(&x)?;
        assert!((ratios[0] - 0.9).abs() < 1e-9 && (ratios[1] - 0.1).abs() < 1e-9);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn are_invariant_under_scale_and_shift() {
        let unit = prop_oneof![Just(0), -60..=20_i32, any::select(vec![-228, -200, 180])];
        // Powers of two, so that the sums are exact.
        let shift = any::select(vec![8192.0, -8192.0, 2.0_f64.powi(20), -2.0_f64.powi(24), 2.0_f64.powi(27)]);
        for_all("x, k, shift", (varied(), unit, shift)).holds(|(x, k, shift)| {
            let unit = 2.0_f64.powi(*k);
            let other = Matrix::from_fn(x.rows(), x.cols(), |i, j| unit * (1000.0 * x[(i, j)] + shift));
            let (got, want) = (
                explained_variance_ratio(&other).accepted(CALL)?,
                explained_variance_ratio(x).accepted(CALL)?,
            );
            close(
                "explained_variance_ratio(2ᵏ·(1000·x + shift))",
                got.as_slice(),
                want.as_slice(),
                4e-9,
                "A ratio has no unit: do you compare anything with a fixed threshold?",
            )
        });
    }

    #[test]
    fn accepts_repeated_samples_and_constant_features() {
        let times = prop_oneof![7 => 1..=3_usize, 1 => Just(400)];
        for_all("x, times", (varied(), times)).cases(48).holds(|(x, times)| {
            // The first sample repeated, and a constant first feature of ⅛.
            let copied =
                |i: usize, j: usize| if j == 0 { 0.125 } else { x[(i.saturating_sub(*times), j - 1)] };
            let more = Matrix::from_fn(x.rows() + times, x.cols() + 1, copied);
            let got = explained_variance_ratio(&more).accepted(CALL)?;
            let c = covariance_of(&more);
            let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
            let look = "`Constant` is for samples that are all equal, not for two equal ones or one constant \
                    feature.";
            close(CALL, got.as_slice(), want.as_slice(), 4e-9, look)
        });
    }

    #[test]
    fn rejects_constant_data() {
        example(|| {
            let rejection = InputError::Constant { name: "x" };
            let look =
                "0/0 is undefined. Compare the samples themselves: the mean of three times 0.1 is not 0.1.";
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
                    "The variance of one sample is undefined.",
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
            let x = Matrix::from_fn(n, d, |i, j| if d * i + j == k { bad } else { i as f64 });
            let want = InputError::NotFinite { name: "x", index: k };
            rejected(CALL, explained_variance_ratio(&x), want, "The index counts row by row.")
        });
    }

    #[test]
    fn handle_18_features_and_fine_numbers() {
        for_all("seed", any::seed()).cases(3).holds(|seed| {
            let mut generator = Generator::from_seed(*seed);
            let numbers: Vec<f64> = (0..30 * 18).map(|_| generator.uniform_in(-1.0, 1.0)).collect();
            // Around 4096, where f32 has steps of 2⁻¹¹.
            let x = Matrix::from_fn(30, 18, |i, j| 4096.0 + numbers[18 * i + j]);
            let got = explained_variance_ratio(&x).accepted(CALL)?;
            let c = covariance_of(&x);
            let want: Vec<f64> = eigenvalues(&c).iter().map(|value| value / trace(&c)).collect();
            let look = "One ratio per feature, each to 10⁻⁹.";
            close(CALL, got.as_slice(), want.as_slice(), 4e-9, look)
        });
    }
}
