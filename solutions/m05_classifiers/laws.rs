//! Roles exchanged: here you write the property-based test (the law).

use std::cell::RefCell;

use kit::{InputError, Matrix};

use super::comparison::Classifier;

/// A candidate for cross-validation: takes a classifier, features, labels and folds; returns one accuracy per fold.
pub type CrossValidation = fn(Classifier, &Matrix, &[usize], &[Vec<usize>]) -> Vec<f64>;

/// A test of other implementations of cross-validation: decides whether a candidate evaluates a classifier without
/// data leakage.
///
/// The candidate should do what [`super::validation::cross_validate`] is documented to do. You choose classifier,
/// data and folds, and may call it as often as you like. The classifier is the key: it sees what it is trained on and
/// what it has to predict, and may record it (a spy, or mock object).
///
/// * `candidate`: the function under test. It may be called with up to 100 samples with 1 to 5 finite features of at
///   most 10⁶ in absolute value, labels below 10, and 2 to 10 folds that hold each row exactly once, none empty. On
///   such it neither panics nor runs long, if the classifier does not.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected.** Correct ones call the classifier once per fold, in any order of the
///     folds; their training rows stand in the order of the data, their test rows in the order of the fold; their
///     accuracies are within 10⁻¹² of the exact ones.
///   * **These must be rejected**: test rows in the training set, all or one of them; training rows that are missing;
///     folds that are made anew from the sorted rows; a classifier that is trained once for all folds; features
///     of the training set, of the test set or of both that are centered or scaled by the means of all rows; labels
///     that are not those of the features; another number of accuracies than folds, their mean in each place, errors
///     in place of accuracies, the accuracy on the training set.
///
/// ```
/// # use katas::m05_classifiers::laws::accepts_cross_validation;
/// assert!(!accepts_cross_validation(|_, _, _, folds| vec![1.0; folds.len()]));
/// ```
///
/// In Python: no single call; `sklearn.utils.estimator_checks.check_estimator` tests estimators in the same spirit,
/// and `unittest.mock.Mock(wraps=classifier)` records the calls.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.10.2 (the wrong and the
/// right way to do cross-validation).
pub fn accepts_cross_validation(candidate: CrossValidation) -> bool {
    // Every feature and every label names its row; folds of unequal size, in no order.
    const LABELS: [usize; 7] = [3, 1, 4, 1, 5, 9, 2];
    let x = Matrix::from_fn(7, 2, |i, j| ((i + 1) * (i + 1)) as f64 + 100.0 * j as f64);
    let folds = [vec![5, 0], vec![2], vec![6, 1, 4, 3]];
    let calls = RefCell::new(Vec::new());
    // No prediction is correct in the first fold, the only one in the second, half of the third.
    let spy = |x_train: &Matrix, y_train: &[usize], x_test: &Matrix| -> Result<Vec<usize>, InputError> {
        calls.borrow_mut().push((x_train.clone(), y_train.to_vec(), x_test.clone()));
        Ok(x_test.as_slice().chunks(2).map(|row| if row[0] == 9.0 { 4 } else { 1 }).collect())
    };
    let accuracies = candidate(&spy, &x, &LABELS, &folds);
    let want = [0.0, 1.0, 0.5];
    let right =
        accuracies.len() == 3 && accuracies.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-9);
    let rows = |rows: &[usize]| Matrix::from_fn(rows.len(), 2, |i, j| x[(rows[i], j)]);
    let calls = calls.into_inner();
    right
        && calls.len() == folds.len()
        && folds.iter().all(|fold| {
            let others: Vec<usize> = (0..7).filter(|row| !fold.contains(row)).collect();
            let labels = others.iter().map(|&row| LABELS[row]).collect();
            calls.contains(&(rows(&others), labels, rows(fold)))
        })
}
