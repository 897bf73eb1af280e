//! What is true of every classifier, whatever it was trained on.

use judge::{Answer, Broken, Verdict, ensure, equal, rejected};
use kit::{InputError, Matrix};

use super::samples::{Split, rows};
use super::sizes::{Fault, counting_but};

/// The classifier in question, with whatever else it takes filled in.
pub trait Classify: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> {}

impl<F: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError>> Classify for F {}

/// Classes that are far apart are separated, whatever their labels and whatever the order of the samples.
pub fn separates_distant_classes(call: &str, split: &Split, classify: impl Classify) -> Verdict {
    let got = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    let look = "The classes are 64 apart. Are the predictions labels as in y_train, one per test sample, \
                in their order?";
    equal(call, got, split.y_test.clone(), look)
}

/// The prediction for a sample does not depend on the other test samples.
pub fn predicts_each_sample_independently(call: &str, split: &Split, classify: impl Classify) -> Verdict {
    let together = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    equal(
        &format!("the number of predictions of {call}"),
        together.len(),
        split.x_test.rows(),
        "One per test sample.",
    )?;
    for (i, want) in together.into_iter().enumerate() {
        let alone = rows(&split.x_test, &[i]);
        let got = classify(&split.x_train, &split.y_train, &alone).accepted(call)?;
        let look = "Together with the other test samples the prediction was another one. Learn from the \
                    training set only.";
        equal(&format!("{call} for test row {i} alone"), got, vec![want], look)?;
    }
    Ok(())
}

/// Without test samples there are no predictions.
pub fn accepts_no_test_samples(call: &str, classify: impl Classify) -> Verdict {
    let x = Matrix::from_rows([[0.0, 1.0], [1.0, 3.0], [8.0, 8.0], [9.0, 7.0]]);
    let got = classify(&x, &[0, 0, 1, 1], &Matrix::zeros(0, 2)).accepted(call)?;
    equal(
        &format!("{call} for no test sample"),
        got,
        Vec::new(),
        "Without test samples the result is empty, and that is not an error.",
    )
}

/// At least this many of the test samples are correctly classified.
pub fn has_correct(call: &str, split: &Split, wanted: usize, classify: impl Classify) -> Verdict {
    let got = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    let (right, of) = (super::samples::right(&got, &split.y_test), split.y_test.len());
    ensure(got.len() == of && right >= wanted, || {
        let look =
            "A correct classifier does better on these. Are features and labels of a sample still together?";
        Broken::answer(format!("{call}: {right} of {of} correct"), format!("at least {wanted} correct"), look)
    })
}

/// Shapes that do not match are rejected, and so are numbers that are not finite.
pub fn rejects_invalid_arguments(call: &str, classify: impl Classify) -> Verdict {
    let (x, y) = (Matrix::from_rows([[0.0, 1.0], [1.0, 3.0], [8.0, 8.0], [9.0, 7.0]]), [0, 0, 1, 1]);
    for n in [3, 5] {
        let want = InputError::LengthMismatch { left: 4, right: n };
        let look = "One label per training sample, the number of samples on the left.";
        rejected(
            &format!("{call} with 4 samples and {n} labels"),
            classify(&x, &[0, 0, 1, 1, 1][..n], &x),
            want,
            look,
        )?;
    }
    for d in [1, 3] {
        let want = InputError::ShapeMismatch { left: (4, 2), right: (1, d) };
        let look =
            "The same number of features in training and test set; the training set's shape on the left.";
        rejected(
            &format!("{call} with 4×2 and 1×{d} features"),
            classify(&x, &y, &Matrix::zeros(1, d)),
            want,
            look,
        )?;
    }
    let want = InputError::TooFew { got: 0, wanted: 1 };
    let got = classify(&Matrix::zeros(4, 0), &y, &Matrix::zeros(1, 0));
    rejected(&format!("{call} with 4×0 training features"), got, want.clone(), "At least one feature.")?;
    // Without samples other reasons may apply as well: no number of neighbors fits, and there are not two classes.
    let got = classify(&Matrix::zeros(0, 2), &[], &Matrix::zeros(1, 2));
    let applies = |reason: &InputError| {
        reason.is_same_reason(&want)
            || matches!(reason, InputError::Constant { .. } | InputError::OutOfRange { name: "k", .. })
    };
    ensure(got.as_ref().is_err_and(applies), || {
        let got = format!("{call} with 0×2 training features = {got:?}");
        Broken::answer(got, format!("Err({want:?})"), "At least one training sample.")
    })?;
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for at in 0..8 {
            let mut wrong = x.clone();
            wrong[(at / 2, at % 2)] = bad;
            let look = "Check all features of training and test set before computing.";
            let want = |name| InputError::NotFinite { name, index: at };
            let place = format!("{bad} in row {}, column {} of", at / 2, at % 2);
            rejected(
                &format!("{call} with {place} x_train"),
                classify(&wrong, &y, &x),
                want("x_train"),
                look,
            )?;
            rejected(&format!("{call} with {place} x_test"), classify(&x, &y, &wrong), want("x_test"), look)?;
        }
    }
    Ok(())
}

/// A training set with a single class is rejected.
pub fn rejects_a_single_class(call: &str, classify: impl Classify) -> Verdict {
    let x = Matrix::from_rows([[0.0], [1.0], [2.0]]);
    for label in [0, 4] {
        let want = InputError::Constant { name: "y_train" };
        let look = "All labels are the same: there is nothing to learn. Compare them with the first.";
        rejected(
            &format!("{call} with labels [{label}, {label}, {label}]"),
            classify(&x, &[label; 3], &x),
            want.clone(),
            look,
        )?;
        for n in [2, 13, 41, 151, 301] {
            // As many different values as there are samples, so that nothing else is wrong.
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let call = format!("{call} with {n} labels {label}, no test sample");
            rejected(&call, classify(&x, &vec![label; n], &Matrix::zeros(0, 1)), want.clone(), look)?;
        }
    }
    Ok(())
}

/// The same in any place of inputs of any size, the test set's as well, and even where there is no test sample.
pub fn rejects_in_any_place(call: &str, ([n, d], [i, j], bad): &Fault, classify: impl Classify) -> Verdict {
    let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
    let y: Vec<usize> = (0..*n).map(|i| [8, 3][i % 2]).collect();
    let look = "Check all features of training and test set before computing, however many there are.";
    let want = |name| InputError::NotFinite { name, index: i * d + j };
    let place = format!("{bad} in row {i}, column {j} of");
    rejected(&format!("{call} with {place} x_train"), classify(&spoiled, &y, &x), want("x_train"), look)?;
    let none = Matrix::zeros(0, *d);
    let got = classify(&spoiled, &y, &none);
    rejected(&format!("{call} with {place} x_train, no test sample"), got, want("x_train"), look)?;
    rejected(&format!("{call} with {place} x_test"), classify(&x, &y, &spoiled), want("x_test"), look)?;
    let look = "One label per training sample, the number of samples on the left.";
    for right in [n - 1, n + 1 + i] {
        let want = InputError::LengthMismatch { left: *n, right };
        let labels: Vec<usize> = (0..right).map(|i| [8, 3][i % 2]).collect();
        rejected(&format!("{call} with {n} samples, {right} labels"), classify(&x, &labels, &x), want, look)?;
    }
    let look =
        "The same number of features in both, also without test samples; the training set on the left.";
    for (m, other) in [(0, d + 1), (0, d - 1), (i + 1, d + 1 + j), (1, d - 1)] {
        let want = InputError::ShapeMismatch { left: (*n, *d), right: (m, other) };
        let got = classify(&x, &y, &Matrix::zeros(m, other));
        rejected(&format!("{call} with {n}×{d} and {m}×{other} features"), got, want, look)?;
    }
    Ok(())
}

/// Where every feature has one value only, the most frequent class is predicted, whatever that value is.
pub fn predicts_the_majority_of_a_constant_feature(
    call: &str,
    value: f64,
    classify: impl Classify,
) -> Verdict {
    let y: Vec<usize> = (0..20).map(|i| if i % 7 == 3 { 3 } else { 8 }).collect();
    let constant = |rows| Matrix::from_fn(rows, 2, |_, _| value);
    let got = classify(&constant(20), &y, &constant(3)).accepted(call)?;
    let look =
        "All samples are alike: no split, and no distance, says more than the frequency of the classes.";
    equal(
        &format!("{call} where all features are {value:e}, 17 labels 8 and 3 labels 3,"),
        got,
        vec![8; 3],
        look,
    )
}
