use std::f64::consts::TAU;

use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m05_classifiers::library::gaussian_naive_bayes;
use kit::{InputError, Matrix, data};
use proptest::prelude::{Just, Strategy};

use super::super::contract;
use super::super::samples::{
    Most, SPLIT, Split, clouds, crowd, fifth, in_units, labels_of, mixed, one_informative, sized,
};
use super::super::sizes::{fault, several};

const CALL: &str = "gaussian_naive_bayes(x_train, y_train, x_test)";

/// The logarithm of prior times density of this label for a test sample.
fn score(split: &Split, label: usize, asked: usize) -> f64 {
    let members: Vec<usize> = (0..split.y_train.len()).filter(|&i| split.y_train[i] == label).collect();
    let n = members.len() as f64;
    let density = |j: usize| {
        let mean = members.iter().map(|&i| split.x_train[(i, j)]).sum::<f64>() / n;
        let v = members.iter().map(|&i| (split.x_train[(i, j)] - mean).powi(2)).sum::<f64>() / n;
        -((split.x_test[(asked, j)] - mean).powi(2) / v + (TAU * v).ln()) / 2.0
    };
    (n / split.y_train.len() as f64).ln() + (0..split.x_train.cols()).map(density).sum::<f64>()
}

#[test]
fn predicts_the_class_with_the_highest_posterior() {
    for_all(SPLIT, sized()).holds(|split| {
        let got = gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test).accepted(CALL)?;
        equal(
            &format!("the number of predictions of {CALL}"),
            got.len(),
            split.x_test.rows(),
            "One per test sample.",
        )?;
        // The first ones and the last: a score looks at all members.
        let some = (0..got.len()).filter(|i| *i < 3 || i + 2 > got.len());
        for (asked, &label) in some.map(|i| (i, &got[i])) {
            let mut scored: Vec<(f64, usize)> = labels_of(&split.y_train)
                .into_iter()
                .map(|label| (score(split, label, asked), label))
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0));
            // Rounding, in the library's own order of computing, may decide between two that are this close.
            let close = scored[0].0 - scored[1].0 < 1e-6 * (1.0 + scored[0].0.abs());
            let want = if close { label } else { scored[0].1 };
            let look = "A mean and a variance (divided by the size of the class) for each class and \
                        feature, and the class's frequency as its prior.";
            equal(&format!("the class of test row {asked}"), label, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds())
        .cases(64)
        .holds(|split| contract::separates_distant_classes(CALL, split, gaussian_naive_bayes));
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed())
        .cases(64)
        .holds(|split| contract::predicts_each_sample_independently(CALL, split, gaussian_naive_bayes));
}

#[test]
fn classifies_iris_like_scikit_learn() {
    example(|| {
        // scikit-learn 1.9: 29, 29, 28, 29 and 28 of 30.
        (0..5).try_for_each(|r| {
            contract::has_correct(CALL, &fifth(data::iris(), r, 1), 28, gaussian_naive_bayes)
        })
    });
}

#[test]
fn uses_the_priors() {
    example(|| {
        // Variances of 1, means 0 and 4, priors ¾ and ¼: the boundary lies at 2 + ln(3)/4 ≈ 2.27.
        let x = Matrix::from_fn(8, 1, |i, _| [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0, 3.0, 5.0][i]);
        let got = gaussian_naive_bayes(&x, &[6, 6, 6, 6, 6, 6, 1, 1], &Matrix::from_rows([[2.125]]));
        let look = "The query is a little nearer to the mean of the rarer class. Are the priors used?";
        equal(&format!("{CALL} for x_test = [2.125]"), got.accepted(CALL)?, vec![6], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::library::gaussian_naive_bayes;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [3.0], [10.0], [14.0]]);
        assert_eq!(
            gaussian_naive_bayes(&x, &[7, 7, 3, 3], &Matrix::from_rows([[4.0], [9.0]])),
            Ok(vec![7, 3])
        );
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_invariant_under_units() {
        for_all("k, x_train, y_train, x_test", ([-45..=30_i32, -45..=30, -45..=30], mixed()))
            .cases(64)
            .holds(|(k, split)| {
                let scaled =
                    |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * 2.0_f64.powi(k[j]));
                let (x_train, x_test) = (scaled(&split.x_train), scaled(&split.x_test));
                let call = "gaussian_naive_bayes with feature j times 2ᵏ, k its own,";
                let want =
                    gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test).accepted(CALL)?;
                let got = gaussian_naive_bayes(&x_train, &split.y_train, &x_test).accepted(call)?;
                equal(
                    &format!("the number of predictions of {call}"),
                    got.len(),
                    want.len(),
                    "One per test sample.",
                )?;
                for (asked, (&got, &want)) in got.iter().zip(&want).enumerate() {
                    // A unit adds the same to all scores. Rounding may decide between two that are close.
                    let (a, b) = (score(split, got, asked), score(split, want, asked));
                    if (a - b).abs() < 1e-6 * (100.0 + a.abs()) {
                        continue;
                    }
                    let look = "The same samples in other units. Is a variance smoothed, or compared with a \
                                fixed number? Only 0 is small.";
                    equal(&format!("{call} for test row {asked}"), got, want, look)?;
                }
                Ok(())
            });
    }

    #[test]
    fn rejects_a_feature_constant_within_a_class() {
        // Of three classes, so that the one is not what the other leaves.
        for_all("class, feature", (0..3_usize, 0..2_usize)).cases(16).holds(|&(class, feature)| {
            // Three members each: the mean of three times 0.1 is not 0.1.
            let mut x = Matrix::from_fn(9, 2, |i, j| ((i + 1) * (i + 2 * j) % 11) as f64);
            (3 * class..3 * class + 3).for_each(|i| x[(i, feature)] = 0.1);
            let got = gaussian_naive_bayes(&x, &[6, 6, 6, 1, 1, 1, 4, 4, 4], &x);
            let look = "Its variance is 0 and its density NaN; the library predicts one of the other \
                classes. \
                        Check each class.";
            rejected(
                &format!(
                    "{CALL} with x_train = \
                {x:?}"
                ),
                got,
                InputError::Constant { name: "x_train" },
                look,
            )
        });
    }

    #[test]
    fn rejects_a_class_with_one_sample() {
        example(|| {
            let x = Matrix::from_rows([[1.0], [4.0], [2.0]]);
            let got = gaussian_naive_bayes(&x, &[6, 6, 1], &x);
            rejected(CALL, got, InputError::Constant { name: "x_train" }, "One sample has the variance 0.")
        });
    }

    #[test]
    fn rejects_the_digits() {
        example(|| {
            let split = fifth(data::digits(), 0, 4);
            let got = gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test);
            let look = "The corner pixels are 0 in every image of a class. What is the variance there?";
            rejected(&format!("{CALL} for the digits"), got, InputError::Constant { name: "x_train" }, look)
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| contract::accepts_no_test_samples(CALL, gaussian_naive_bayes));
    }

    #[test]
    fn rejects_a_single_class() {
        example(|| contract::rejects_a_single_class(CALL, gaussian_naive_bayes));
    }

    #[test]
    fn separates_classes_in_any_unit() {
        let unit = any::select(vec![1e-103, 1e-30, 1e30, 1e103]);
        for_all("unit, x_train, y_train, x_test", (unit, clouds())).cases(24).holds(|(unit, split)| {
            let split = in_units(split, *unit, 1);
            contract::separates_distant_classes(CALL, &split, gaussian_naive_bayes)
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault())
            .cases(64)
            .holds(|given| contract::rejects_in_any_place(CALL, given, gaussian_naive_bayes));
    }

    #[test]
    fn rejects_a_constant_feature_of_any_class_even_without_test_samples() {
        let inputs =
            (several(2..=3), several(1..=3)).prop_flat_map(|(k, d)| (Just([k, d]), 0..k, 0..d, 1..=3_usize));
        for_all("[k, d], c, j, members", inputs).cases(64).holds(|&([k, d], c, j, members)| {
            let n = k * members;
            let x = Matrix::from_fn(n, d, |i, l| if (i % k, l) == (c, j) { 0.1 } else { (i / k) as f64 });
            let y: Vec<usize> = (0..n).map(|i| i % k).collect();
            let look =
                "A single value of any feature in any class has the variance 0, also where nothing is asked.";
            for asked in [&x, &Matrix::zeros(0, d)] {
                let want = InputError::Constant { name: "x_train" };
                rejected(CALL, gaussian_naive_bayes(&x, &y, asked), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn separates_many_classes() {
        let most = Most { classes: 65, features: 33, rows: 301, queries: 301 };
        for_all(SPLIT, crowd(2, most))
            .cases(32)
            .holds(|split| contract::separates_distant_classes(CALL, split, gaussian_naive_bayes));
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| contract::rejects_invalid_arguments(CALL, gaussian_naive_bayes));
    }

    #[test]
    fn uses_every_row_and_feature() {
        for_all(SPLIT, one_informative(vec![12, 33, 129, 301], vec![3, 9, 33]))
            .cases(24)
            .holds(|split| contract::separates_distant_classes(CALL, split, gaussian_naive_bayes));
    }

    #[test]
    fn separates_nearly_equal_values() {
        // Beyond 2⁻²², where f32 takes all four as 1, the variances of the library lose their digits, too.
        for_all("k", 10..=22_i32).cases(32).holds(|&k| {
            // Means 1 and 1 + 2⁻ᵏ, deviations of a sixteenth of the distance, all exact.
            let little = 0.5_f64.powi(k);
            let x = Matrix::from_fn(4, 1, |i, _| 1.0 + little * [-0.0625, 0.0625, 0.9375, 1.0625][i]);
            let call = "gaussian_naive_bayes([1 ∓ 2⁻ᵏ/16; 1 + 2⁻ᵏ ∓ 2⁻ᵏ/16], [6, 6, 1, 1], the same)";
            let got = gaussian_naive_bayes(&x, &[6, 6, 1, 1], &x).accepted(call)?;
            equal(call, got, vec![6, 6, 1, 1], "The features as they are: f32 has 7 digits.")
        });
    }
}
