//! What is true of every classifier, whatever it has learned.

use judge::{Answer, Broken, Verdict, ensure, equal, rejected};
use kit::{InputError, Matrix};

use super::samples::{Split, rows};

/// The classifier in question, with whatever else it takes filled in.
pub trait Classify: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> {}

impl<F: Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError>> Classify for F {}

/// Clouds far apart are told apart, whatever the labels are called and in whatever order the samples stand.
pub fn tells_clouds_apart(call: &str, split: &Split, classify: impl Classify) -> Verdict {
    let got = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    let look = "The classes lie 64 apart. Are answers labels as they stand in y_train, one a test sample, \
                in their order?";
    equal(call, got, split.y_test.clone(), look)
}

/// A sample's class does not depend on who else is asked about.
pub fn judges_each_by_itself(call: &str, split: &Split, classify: impl Classify) -> Verdict {
    let together = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    equal(
        &format!("the number of answers of {call}"),
        together.len(),
        split.x_test.rows(),
        "One a test sample.",
    )?;
    for (i, want) in together.into_iter().enumerate() {
        let alone = rows(&split.x_test, &[i]);
        let got = classify(&split.x_train, &split.y_train, &alone).accepted(call)?;
        let look = "Asked about all test samples it answered otherwise. What you learn, learn from the \
                    training set alone.";
        equal(&format!("{call} for test row {i} alone"), got, vec![want], look)?;
    }
    Ok(())
}

/// Asked about nobody it says nothing.
pub fn says_nothing_of_nobody(call: &str, classify: impl Classify) -> Verdict {
    let x = Matrix::from_rows([[0.0, 1.0], [1.0, 3.0], [8.0, 8.0], [9.0, 7.0]]);
    let got = classify(&x, &[0, 0, 1, 1], &Matrix::zeros(0, 2)).accepted(call)?;
    equal(&format!("{call} for no test sample"), got, Vec::new(), "No question, no answer; and no rejection.")
}

/// At least this many of the test samples are right.
pub fn gets_right(call: &str, split: &Split, wanted: usize, classify: impl Classify) -> Verdict {
    let got = classify(&split.x_train, &split.y_train, &split.x_test).accepted(call)?;
    let (right, of) = (super::samples::right(&got, &split.y_test), split.y_test.len());
    ensure(got.len() == of && right >= wanted, || {
        let look = "A right answer does better on these. Are features and labels of a sample still together?";
        Broken::answer(format!("{call}: {right} of {of} right"), format!("at least {wanted} right"), look)
    })
}

/// What does not fit together is rejected, and so is what is no number.
pub fn rejects_what_does_not_fit(call: &str, classify: impl Classify) -> Verdict {
    let (x, y) = (Matrix::from_rows([[0.0, 1.0], [1.0, 3.0], [8.0, 8.0], [9.0, 7.0]]), [0, 0, 1, 1]);
    for n in [3, 5] {
        let want = InputError::LengthMismatch { left: 4, right: n };
        let look = "One label a training sample, the number of samples on the left.";
        rejected(
            &format!("{call} with 4 samples and {n} labels"),
            classify(&x, &[0, 0, 1, 1, 1][..n], &x),
            want,
            look,
        )?;
    }
    for d in [1, 3] {
        let want = InputError::ShapeMismatch { left: (4, 2), right: (1, d) };
        let look = "The same features in training and test; both shapes, the training on the left.";
        rejected(
            &format!("{call} with 4×2 and 1×{d} features"),
            classify(&x, &y, &Matrix::zeros(1, d)),
            want,
            look,
        )?;
    }
    for (n, d) in [(0, 2), (4, 0)] {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let got = classify(&Matrix::zeros(n, d), &y[..n], &Matrix::zeros(1, d));
        rejected(
            &format!("{call} with {n}×{d} training features"),
            got,
            want,
            "There is nothing to learn from.",
        )?;
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for at in 0..8 {
            let mut wrong = x.clone();
            wrong[(at / 2, at % 2)] = bad;
            let look = "Look at all features of both, row after row, before computing.";
            let want = |name| InputError::NotFinite { name, index: at };
            let place = format!("{bad} in row {}, column {} of", at / 2, at % 2);
            rejected(
                &format!("{call} with {place} x_train"),
                classify(&wrong, &y, &wrong),
                want("x_train"),
                look,
            )?;
            rejected(&format!("{call} with {place} x_test"), classify(&x, &y, &wrong), want("x_test"), look)?;
        }
    }
    Ok(())
}

/// One class alone leaves nothing to learn.
pub fn rejects_one_class(call: &str, classify: impl Classify) -> Verdict {
    let x = Matrix::from_rows([[0.0], [1.0], [2.0]]);
    for label in [0, 4] {
        let want = InputError::Constant { name: "y_train" };
        let look = "All labels are the same: there is no choice to make. Compare them with the first.";
        rejected(
            &format!("{call} with labels [{label}, {label}, {label}]"),
            classify(&x, &[label; 3], &x),
            want,
            look,
        )?;
    }
    Ok(())
}
