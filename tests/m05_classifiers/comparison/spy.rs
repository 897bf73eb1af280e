//! Classifiers that remember what they were told.

use std::cell::RefCell;

use kit::{InputError, Matrix};

/// What a classifier was given in one call.
pub type Told = (Matrix, Vec<usize>, Matrix);

/// A classifier that keeps what it is given and answers with the label `answer(row)` for each test row.
pub fn spy<'a>(
    told: &'a RefCell<Vec<Told>>,
    answer: impl Fn(&[f64]) -> usize + 'a,
) -> impl Fn(&Matrix, &[usize], &Matrix) -> Result<Vec<usize>, InputError> + 'a {
    move |x_train, y_train, x_test| {
        told.borrow_mut().push((x_train.clone(), y_train.to_vec(), x_test.clone()));
        Ok((0..x_test.rows()).map(|i| answer(x_test.row(i))).collect())
    }
}

/// A classifier that knows every sample it was trained on by heart, and says 0 of all others.
pub fn memory(x_train: &Matrix, y_train: &[usize], x_test: &Matrix) -> Result<Vec<usize>, InputError> {
    let known = |row: &[f64]| (0..x_train.rows()).find(|&i| x_train.row(i) == row).map_or(0, |i| y_train[i]);
    Ok((0..x_test.rows()).map(|i| known(x_test.row(i))).collect())
}
