//! Train–test split: some rows are held out before anything is learned.

use std::collections::BTreeMap;

use kit::{Generator, InputError, check};

/// Stratified train–test split: splits rows at random into a training and a test set, each class by itself.
///
/// Of a class with n rows, ⌊s·n + ½⌋ are for the test, but at most n − 1, so that every class can be learned. Each
/// subset of that size of the class is equally likely, independently of the other classes.
///
/// * `classes`: the class of each row, at least one.
/// * `test_share`: s, the fraction of rows for the test, more than 0 and less than 1.
/// * `generator`: the source of randomness. The same state gives the same split.
/// * Returns \[training, test\]: the indices of the rows, counted from 0, in ascending order. Where all classes are
///   small, the test may be empty.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::NotFinite`] with `name` `"test_share"`;
/// * [`InputError::OutOfRange`] with `name` `"test_share"`, `wanted` `"more than 0 and less than 1"`.
///
/// ```
/// # use katas::m10_pipeline::splitting::split;
/// # use kit::Generator;
/// let classes = ["a", "b", "a", "a", "b", "a", "c"];
/// let [train, test] = split(&classes, 0.5, &mut Generator::from_seed(1))?;
/// assert_eq!((train.len(), test.len()), (4, 3));
/// assert!(train.contains(&6), "the only c is there to be learned from");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.train_test_split(rows, test_size=test_share, stratify=classes,
/// random_state=seed)` (rounds otherwise, and rejects a class of one row).
///
/// Source: Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 2nd ed., chapter 2 (stratified
/// sampling).
pub fn split(
    classes: &[&str],
    test_share: f64,
    generator: &mut Generator,
) -> Result<[Vec<usize>; 2], InputError> {
    check::at_least(1, classes.len())?;
    check::finite_number("test_share", test_share)?;
    let is_fraction = test_share > 0.0 && test_share < 1.0;
    check::in_range("test_share", test_share, is_fraction, "more than 0 and less than 1")?;
    // Ordered by name: the order of a hash map changes from run to run, and with it the split.
    let mut of_class: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, class) in classes.iter().enumerate() {
        of_class.entry(class).or_default().push(i);
    }
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for mut rows in of_class.into_values() {
        let test_rows = (test_share * rows.len() as f64 + 0.5).floor() as usize;
        let test_rows = test_rows.min(rows.len() - 1);
        generator.shuffle(&mut rows);
        test.extend_from_slice(&rows[..test_rows]);
        train.extend_from_slice(&rows[test_rows..]);
    }
    train.sort_unstable();
    test.sort_unstable();
    Ok([train, test])
}
