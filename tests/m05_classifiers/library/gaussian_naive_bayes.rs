use std::f64::consts::TAU;

use judge::{Answer, equal, example, for_all, rejected};
use katas::m05_classifiers::library::gaussian_naive_bayes;
use kit::{InputError, Matrix, data};

use super::super::contract;
use super::super::samples::{SPLIT, Split, clouds, fifth, mixed};

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
fn the_most_probable_cloud_wins() {
    for_all(SPLIT, mixed()).holds(|split| {
        let got = gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test).accepted(CALL)?;
        equal(
            &format!("the number of answers of {CALL}"),
            got.len(),
            split.x_test.rows(),
            "One a test sample.",
        )?;
        for (asked, &label) in got.iter().enumerate() {
            let mut scored: Vec<(f64, usize)> = [2, 5, 9]
                .into_iter()
                .filter(|label| split.y_train.contains(label))
                .map(|label| (score(split, label, asked), label))
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0));
            // Rounding, in the library's own order of computing, may decide between two that are this close.
            let close = scored[0].0 - scored[1].0 < 1e-6 * (1.0 + scored[0].0.abs());
            let want = if close { label } else { scored[0].1 };
            let look = "A mean and a variance (divided by the size of the class) for each class and \
                        feature, and the class's share.";
            equal(&format!("the class of test row {asked}"), label, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn each_feature_may_have_a_unit_of_its_own() {
    for_all("k, x_train, y_train, x_test", ([-30..=30_i32, -30..=30, -30..=30], mixed())).cases(64).holds(
        |(k, split)| {
            let scaled =
                |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * 2.0_f64.powi(k[j]));
            let (x_train, x_test) = (scaled(&split.x_train), scaled(&split.x_test));
            let call = "gaussian_naive_bayes with feature j times 2ᵏ, k its own,";
            let want = gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test).accepted(CALL)?;
            let got = gaussian_naive_bayes(&x_train, &split.y_train, &x_test).accepted(call)?;
            equal(&format!("the number of answers of {call}"), got.len(), want.len(), "One a test sample.")?;
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
        },
    );
}

#[test]
fn far_clouds_are_told_apart_whatever_they_are_called() {
    for_all(SPLIT, clouds())
        .cases(64)
        .holds(|split| contract::tells_clouds_apart(CALL, split, gaussian_naive_bayes));
}

#[test]
fn each_sample_is_judged_by_itself() {
    for_all(SPLIT, mixed())
        .cases(64)
        .holds(|split| contract::judges_each_by_itself(CALL, split, gaussian_naive_bayes));
}

#[test]
fn the_irises_are_recognized_as_often_as_by_scikit_learn() {
    example(|| {
        // scikit-learn 1.9: 29, 29, 28, 29 and 28 of 30.
        (0..5).try_for_each(|r| {
            contract::gets_right(CALL, &fifth(data::iris(), r, 1), 28, gaussian_naive_bayes)
        })
    });
}

#[test]
fn a_feature_with_one_value_in_a_class_is_rejected() {
    // Of three classes, so that the one is not what the other leaves.
    for_all("class, feature", (0..3_usize, 0..2_usize)).cases(16).holds(|&(class, feature)| {
        // Three members each: the mean of three times 0.1 is not 0.1.
        let mut x = Matrix::from_fn(9, 2, |i, j| ((i + 1) * (i + 2 * j) % 11) as f64);
        (3 * class..3 * class + 3).for_each(|i| x[(i, feature)] = 0.1);
        let got = gaussian_naive_bayes(&x, &[6, 6, 6, 1, 1, 1, 4, 4, 4], &x);
        let look = "Its variance is 0 and its density not a number; the library predicts one of the other \
                    classes. Look class by class.";
        rejected(&format!("{CALL} with x_train = {x:?}"), got, InputError::Constant { name: "x_train" }, look)
    });
}

#[test]
fn a_class_with_one_member_is_rejected() {
    example(|| {
        let x = Matrix::from_rows([[1.0], [4.0], [2.0]]);
        let got = gaussian_naive_bayes(&x, &[6, 6, 1], &x);
        rejected(CALL, got, InputError::Constant { name: "x_train" }, "One sample has no spread.")
    });
}

#[test]
fn the_digits_with_their_white_corners_are_rejected() {
    example(|| {
        let split = fifth(data::digits(), 0, 4);
        let got = gaussian_naive_bayes(&split.x_train, &split.y_train, &split.x_test);
        let look = "The corner pixels are 0 in every image of a class. What is the variance there?";
        rejected(&format!("{CALL} for the digits"), got, InputError::Constant { name: "x_train" }, look)
    });
}

#[test]
fn asked_about_nobody_it_says_nothing() {
    example(|| contract::says_nothing_of_nobody(CALL, gaussian_naive_bayes));
}

#[test]
fn one_class_alone_is_rejected() {
    example(|| contract::rejects_one_class(CALL, gaussian_naive_bayes));
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| contract::rejects_what_does_not_fit(CALL, gaussian_naive_bayes));
}

#[test]
fn where_densities_are_equal_the_more_frequent_class_wins() {
    example(|| {
        // Variances of 1, means 0 and 4, priors ¾ and ¼: the boundary lies at 2 + ln(3)/4 ≈ 2.27.
        let x = Matrix::from_fn(8, 1, |i, _| [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0, 3.0, 5.0][i]);
        let got = gaussian_naive_bayes(&x, &[6, 6, 6, 6, 6, 6, 1, 1], &Matrix::from_rows([[2.125]]));
        let look = "A little nearer to the mean of the rarer class. Does the share of a class count?";
        equal(&format!("{CALL} about 2.125"), got.accepted(CALL)?, vec![6], look)
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
