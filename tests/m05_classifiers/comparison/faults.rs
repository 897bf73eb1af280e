//! What must be rejected wherever it is: one round in which one candidate fails, one fold that is invalid.

use judge::{Answer, Verdict, equal, rejected};
use katas::m05_classifiers::comparison::{Classifier, compare_classifiers};
use kit::{InputError, Matrix};

use super::candidates::always;
use super::spy::numbered;

/// Of so many candidates one fails in one round of so many.
pub fn fails_in_one_round([c, k]: [usize; 2], at: usize, round: usize) -> Verdict {
    let (fine, n) = (always(0), 2 * k);
    // It fails where it is asked about row 2·round, and predicts too much there.
    let asked = |x: &Matrix| (0..x.rows()).any(|i| x[(i, 0)] == 2.0 * round as f64);
    let rejection = InputError::BadCell { line: at, column: k.to_string(), got: String::new(), wanted: "" };
    let fails = |_: &Matrix, _: &[usize], x: &Matrix| {
        if asked(x) { Err(rejection.clone()) } else { Ok(vec![0; x.rows()]) }
    };
    let talks = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows() + 3 * usize::from(asked(x))]);
    let names: Vec<String> = (0..c).map(|i| format!("number {i}")).collect();
    let folds: Vec<Vec<usize>> = (0..k).map(|r| vec![2 * r + 1, 2 * r]).collect();
    let with = |other: Classifier| {
        let candidates: Vec<(&str, Classifier)> =
            (0..c).map(|i| (names[i].as_str(), if i == at { other } else { &fine as Classifier })).collect();
        compare_classifiers(&candidates, &numbered(n), &vec![0; n], &folds)
    };
    let look = "Return the error of whichever candidate it is, in whichever round.";
    rejected("compare_classifiers with a candidate that fails once", with(&fails), rejection.clone(), look)?;
    let want = InputError::LengthMismatch { left: 5, right: 2 };
    let call = "compare_classifiers with a candidate that once predicts five of two";
    rejected(call, with(&talks), want, "Count the predictions of every round.")
}

/// One of so many folds of n rows is empty, or holds a row that is not there; or there are m labels for the n rows.
pub fn has_one_invalid_fold([n, m]: [usize; 2], k: usize, at: usize, beyond: usize) -> Verdict {
    let (zeros, good) = (always(0), vec![vec![0, n - 1]; k]);
    let compare = |labels: usize, folds: &[Vec<usize>]| {
        compare_classifiers(&[("zeros", &zeros)], &numbered(n), &vec![0; labels], folds)
    };
    let want = InputError::LengthMismatch { left: n, right: m };
    rejected(
        "compare_classifiers with n samples, m labels",
        compare(m, &good),
        want,
        "Samples on the left.",
    )?;
    let mut folds = good.clone();
    folds[at] = vec![];
    let few = InputError::TooFew { got: 0, wanted: 1 };
    rejected("compare_classifiers with an empty fold", compare(n, &folds), few, "Whichever fold it is.")?;
    folds[at] = vec![0, n - 1, n + beyond];
    let wanted = "row numbers below the number of samples";
    let want = InputError::OutOfRange { name: "folds", got: (n + beyond) as f64, wanted };
    let look = "Rows are counted from 0: n is none. Whichever fold it is.";
    rejected("compare_classifiers with a row n or beyond", compare(n, &folds), want, look)?;
    compare(n, &good).accepted("compare_classifiers with rows 0 and n − 1").map(|_| ())
}

/// Names are kept as they are, whatever is in them.
pub fn any_names_are_kept(call: &str) -> Verdict {
    let names = ["", " ", "k-NN, k = 5", "naïve Bayes", "\"quoted\"", "k-NN, k = 5", "a\nb", "0"];
    let zeros = always(0);
    let candidates: Vec<(&str, Classifier)> =
        names.iter().map(|name| (*name, &zeros as Classifier)).collect();
    let got = compare_classifiers(&candidates, &numbered(2), &[0, 1], &[vec![0], vec![1]]).accepted(call)?;
    let got: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
    equal(
        "the names of equally good candidates",
        got,
        names.to_vec(),
        "Names as they are, also the same one twice.",
    )
}
