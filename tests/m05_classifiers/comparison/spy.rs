//! Classifiers that record their calls, and data for them.

use std::cell::RefCell;

use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{many, several};

/// What a classifier was given in one call.
pub type Recorded = (Matrix, Vec<usize>, Matrix);

/// A classifier that keeps what it is given and answers with the label `answer(row)` for each test row.
pub fn spy<'a>(
    recorded: &'a RefCell<Vec<Recorded>>,
    answer: impl Fn(&[f64]) -> usize + 'a,
) -> impl Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> + 'a {
    move |x_train, y_train, x_test| {
        recorded.borrow_mut().push((x_train.clone(), y_train.to_vec(), x_test.clone()));
        Ok((0..x_test.rows()).map(|i| answer(x_test.row(i))).collect())
    }
}

/// A classifier that memorizes its training set, and predicts 0 for all other samples.
pub fn memory(x_train: &Matrix, y_train: &[usize], x_test: &Matrix) -> Result<Vec<usize>, InputError> {
    let known = |row: &[f64]| (0..x_train.rows()).find(|&i| x_train.row(i) == row).map_or(0, |i| y_train[i]);
    Ok((0..x_test.rows()).map(|i| known(x_test.row(i))).collect())
}

/// Labels of n samples, and folds that hold each row once, unequal and in no order.
pub fn split_rows() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<usize>>)> + Send + Sync + Clone {
    (many(3..=7), several(2..=3)).prop_flat_map(|(n, k)| {
        let k = k.min(n).min(41);
        let order = Just((0..n).collect::<Vec<usize>>()).prop_shuffle();
        (judge::any::vec(0..3_usize, n), order).prop_map(move |(y, order)| {
            let mut folds = vec![Vec::new(); k];
            order
                .into_iter()
                .enumerate()
                .for_each(|(i, row)| folds[if i < k { i } else { (i * i) % k }].push(row));
            (y, folds)
        })
    })
}

/// Features that name their row, far from standardized.
pub fn numbered(n: usize) -> Matrix {
    Matrix::from_fn(n, 2, |i, j| i as f64 + 100.0 * j as f64)
}
