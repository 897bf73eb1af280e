//! Folds of any size that are no partition.

use judge::{Verdict, rejected};
use katas::m05_classifiers::validation::cross_validate;
use kit::{InputError, Matrix};

use super::super::comparison::spy::numbered;

/// Of k folds of n rows one holds a row that is not there, or a row twice, or a row too few, or none; or there are m labels.
pub fn is_no_partition([n, m]: [usize; 2], [k, at]: [usize; 2], row: usize, beyond: usize) -> Verdict {
    let zeros = |_: &Matrix, _: &[usize], x: &Matrix| Ok(vec![0; x.rows()]);
    let good: Vec<Vec<usize>> = (0..k).map(|r| (r..n).step_by(k).collect()).collect();
    let ask =
        |labels: usize, folds: &[Vec<usize>]| cross_validate(&zeros, &numbered(n), &vec![0; labels], folds);
    let want = InputError::LengthMismatch { left: n, right: m };
    rejected("cross_validate with n samples, m labels", ask(m, &good), want, "Samples on the left.")?;
    let want = |row: usize| InputError::OutOfRange {
        name: "folds",
        got: row as f64,
        wanted: "each row number exactly once",
    };
    let look = "Each row number below n exactly once, in whichever fold.";
    let mut folds = good.clone();
    folds[at].push(n + beyond);
    rejected("cross_validate with a row n or beyond", ask(n, &folds), want(n + beyond), look)?;
    let mut folds = good.clone();
    folds[at].push(row);
    rejected("cross_validate with a row twice", ask(n, &folds), want(row), look)?;
    let mut folds = good.clone();
    let its = row % k;
    if folds[its].len() > 1 {
        folds[its].retain(|other| *other != row);
        rejected("cross_validate with a row missing", ask(n, &folds), want(row), look)?;
    }
    let mut folds = good;
    folds.insert(at, vec![]);
    let few = InputError::TooFew { got: 0, wanted: 1 };
    rejected("cross_validate with an empty fold", ask(n, &folds), few, "Whichever fold it is.")
}
