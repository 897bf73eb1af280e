//! Input checks, one line each, so that a function reads as its mathematics. Each returns the [`InputError`] that its
//! name stands for; `?` hands it on. They are yours to use in every kata.
//!
//! ```
//! use kit::{InputError, check};
//!
//! fn mean_squared_error(prediction: &[f64], target: &[f64]) -> Result<f64, InputError> {
//!     check::same_length(prediction.len(), target.len())?;
//!     check::at_least(1, target.len())?;
//!     check::finite("prediction", prediction)?;
//!     check::finite("target", target)?;
//!     let squares = prediction.iter().zip(target).map(|(p, t)| (p - t).powi(2));
//!     Ok(squares.sum::<f64>() / target.len() as f64)
//! }
//!
//! assert_eq!(mean_squared_error(&[1.0, 2.0], &[1.0, 4.0]), Ok(2.0));
//! assert_eq!(mean_squared_error(&[], &[]), Err(InputError::TooFew { got: 0, wanted: 1 }));
//! ```

use crate::{InputError, Matrix};

/// Two lengths are equal.
///
/// # Errors
///
/// [`InputError::LengthMismatch`] if they differ.
pub fn same_length(left: usize, right: usize) -> Result<(), InputError> {
    if left == right { Ok(()) } else { Err(InputError::LengthMismatch { left, right }) }
}

/// There are at least `wanted` values.
///
/// # Errors
///
/// [`InputError::TooFew`] if there are fewer.
pub fn at_least(wanted: usize, got: usize) -> Result<(), InputError> {
    if got >= wanted { Ok(()) } else { Err(InputError::TooFew { got, wanted }) }
}

/// Every value is a finite number.
///
/// # Errors
///
/// [`InputError::NotFinite`] with the index of the first value that is NaN or infinite.
pub fn finite<'a>(name: &'static str, values: impl IntoIterator<Item = &'a f64>) -> Result<(), InputError> {
    match values.into_iter().position(|value| !value.is_finite()) {
        Some(index) => Err(InputError::NotFinite { name, index }),
        None => Ok(()),
    }
}

/// A single number is finite.
///
/// # Errors
///
/// [`InputError::NotFinite`] with index 0 if it is NaN or infinite.
pub fn finite_number(name: &'static str, value: f64) -> Result<(), InputError> {
    finite(name, [&value])
}

/// A parameter lies in its range: `holds` says whether it does, `wanted` says in words which range that is.
///
/// # Errors
///
/// [`InputError::OutOfRange`] if it does not.
pub fn in_range(name: &'static str, got: f64, holds: bool, wanted: &'static str) -> Result<(), InputError> {
    if holds { Ok(()) } else { Err(InputError::OutOfRange { name, got, wanted }) }
}

/// A parameter is greater than 0, as a learning rate has to be. NaN is not.
///
/// # Errors
///
/// [`InputError::OutOfRange`] if it is not.
pub fn positive(name: &'static str, value: f64) -> Result<(), InputError> {
    in_range(name, value, value > 0.0, "a number > 0")
}

/// A matrix of this shape is square.
///
/// # Errors
///
/// [`InputError::NotSquare`] if it is not.
pub fn square((rows, cols): (usize, usize)) -> Result<(), InputError> {
    if rows == cols { Ok(()) } else { Err(InputError::NotSquare { rows, cols }) }
}

/// Two shapes fit into a product: the left one has as many columns as the right one has rows. A vector counts as a
/// column, (n, 1).
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if they do not fit.
pub fn product_shapes(left: (usize, usize), right: (usize, usize)) -> Result<(), InputError> {
    if left.1 == right.0 { Ok(()) } else { Err(InputError::ShapeMismatch { left, right }) }
}

/// Every label names one of the classes 0, 1, …, `classes` − 1.
///
/// # Errors
///
/// [`InputError::UnknownClass`] with the first label that does not.
pub fn labels(labels: &[usize], classes: usize) -> Result<(), InputError> {
    match labels.iter().position(|&label| label >= classes) {
        Some(index) => Err(InputError::UnknownClass { index, got: labels[index], classes }),
        None => Ok(()),
    }
}

/// Two shapes are equal.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if they differ.
pub fn same_shape(left: (usize, usize), right: (usize, usize)) -> Result<(), InputError> {
    if left == right { Ok(()) } else { Err(InputError::ShapeMismatch { left, right }) }
}

/// A square matrix equals its transpose, to the last bit.
///
/// # Errors
///
/// [`InputError::NotSymmetric`] with the first entry above the diagonal, row after row, that differs from its mirror
/// image.
pub fn symmetric(matrix: &Matrix) -> Result<(), InputError> {
    let n = matrix.rows();
    let mut above = (0..n).flat_map(|row| (row + 1..n).map(move |col| (row, col)));
    match above.find(|&(row, col)| matrix[(row, col)] != matrix[(col, row)]) {
        Some((row, col)) => Err(InputError::NotSymmetric { row, col }),
        None => Ok(()),
    }
}

/// A parameter is at least 0, as a penalty has to be. NaN is not.
///
/// # Errors
///
/// [`InputError::OutOfRange`] if it is not.
pub fn not_negative(name: &'static str, value: f64) -> Result<(), InputError> {
    in_range(name, value, value >= 0.0, "a number ≥ 0")
}

/// Every value lies in its range: `holds` says whether one does, `wanted` says in words which range that is.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with the first value that does not.
///
/// ```
/// use kit::{InputError, check};
///
/// let probabilities = [0.5, 1.5];
/// let checked = check::all_in_range("p", &probabilities, |p| (0.0..=1.0).contains(&p), "0 ≤ p ≤ 1");
/// assert_eq!(checked, Err(InputError::OutOfRange { name: "p", got: 1.5, wanted: "0 ≤ p ≤ 1" }));
/// ```
pub fn all_in_range<'a>(
    name: &'static str,
    values: impl IntoIterator<Item = &'a f64>,
    holds: impl Fn(f64) -> bool,
    wanted: &'static str,
) -> Result<(), InputError> {
    values.into_iter().try_for_each(|&value| in_range(name, value, holds(value), wanted))
}

/// Not all values are the same. A single one does not vary, and none does not either.
///
/// # Errors
///
/// [`InputError::Constant`] if they are.
pub fn varies<T: PartialEq>(name: &'static str, values: &[T]) -> Result<(), InputError> {
    if values.iter().any(|value| *value != values[0]) { Ok(()) } else { Err(InputError::Constant { name }) }
}

/// Two matrices have the same number of columns, as training and test samples have the same features.
///
/// # Errors
///
/// [`InputError::ShapeMismatch`] if they do not.
pub fn same_columns(left: (usize, usize), right: (usize, usize)) -> Result<(), InputError> {
    if left.1 == right.1 { Ok(()) } else { Err(InputError::ShapeMismatch { left, right }) }
}

/// A tensor has this shape, outermost extent first.
///
/// # Errors
///
/// [`InputError::Dimensions`] if it has another one.
pub fn dimensions(name: &str, got: &[usize], wanted: &[usize]) -> Result<(), InputError> {
    if got == wanted {
        return Ok(());
    }
    Err(InputError::Dimensions { name: name.to_owned(), got: got.to_vec(), wanted: wanted.to_vec() })
}

/// A size is odd, so that there is a middle.
///
/// # Errors
///
/// [`InputError::NotOdd`] if it is even; 0 is.
pub fn odd(name: &'static str, got: usize) -> Result<(), InputError> {
    if got.is_multiple_of(2) { Err(InputError::NotOdd { name, got }) } else { Ok(()) }
}

/// An image has this number of channels.
///
/// # Errors
///
/// [`InputError::Channels`] if it has another number.
pub fn channels(wanted: usize, got: usize) -> Result<(), InputError> {
    if got == wanted { Ok(()) } else { Err(InputError::Channels { got, wanted }) }
}

/// A vector has a direction: it is not zero.
///
/// # Errors
///
/// [`InputError::ZeroVector`] if all of its entries are 0.
pub fn direction(name: &'static str, vector: &[f64]) -> Result<(), InputError> {
    if vector.iter().all(|entry| *entry == 0.0) { Err(InputError::ZeroVector { name }) } else { Ok(()) }
}
