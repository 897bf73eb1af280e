//! Some rows are put aside before anything is learned.

use std::collections::BTreeMap;

use kit::{Generator, InputError, check};

/// Parts rows at random into training and test, each class by itself.
///
/// Of a class with n rows, ⌊s·n + ½⌋ are for the test, but at most n − 1, so that every class can be learned. Each set of
/// that many rows of the class is equally likely, whatever is drawn for the others.
///
/// * `classes`: the class of each row, at least one.
/// * `test_share`: s, more than 0 and less than 1.
/// * `generator`: where the randomness comes from. From the same state comes the same split.
/// * Returns \[training, test\]: the numbers of the rows, counted from 0, in ascending order. Where all classes are
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
/// Source: Géron, *Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow*, 2nd ed., chapter 2 (stratified
/// sampling).
pub fn split(
    classes: &[&str],
    test_share: f64,
    generator: &mut Generator,
) -> Result<[Vec<usize>; 2], InputError> {
    todo!()
}
