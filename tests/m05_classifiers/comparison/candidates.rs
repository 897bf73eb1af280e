//! Candidates whose scores are known, and folds to score them on.

use judge::Broken;
use katas::m05_classifiers::comparison::Score;
use kit::{InputError, Matrix};
use proptest::prelude::Strategy;

use super::spy::split_rows;

/// A classifier that always predicts this label.
pub fn always(label: usize) -> impl Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> {
    move |_, _, x| Ok(vec![label; x.rows()])
}

pub fn accuracies(y: &[usize], folds: &[Vec<usize>], label: usize) -> Vec<f64> {
    let share =
        |fold: &Vec<usize>| fold.iter().filter(|&&row| y[row] == label).count() as f64 / fold.len() as f64;
    folds.iter().map(share).collect()
}

/// All folds, or some of them, so that some rows are in none; or all rows in one, so that nothing is left to learn from.
pub fn some_folds() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<usize>>)> + Send + Sync + Clone {
    (split_rows(), 0..=3_usize).prop_map(|((y, mut folds), kept)| {
        if kept == 0 {
            return (y, vec![folds.concat()]);
        }
        folds.truncate(kept);
        (y, folds)
    })
}

pub fn of<'a>(scores: &'a [Score], name: &str) -> Result<&'a Score, Broken> {
    let missing = || {
        Broken::answer(
            format!("no score for {name:?} in {scores:?}"),
            "one for each candidate",
            "Keep the names.",
        )
    };
    scores.iter().find(|score| score.name == name).ok_or_else(missing)
}
