//! Vectors as slices of numbers, in pure Rust.

use kit::{InputError, check};

/// The sum of two vectors, x + y, entry by entry.
///
/// ```text
/// (x + y)ᵢ = xᵢ + yᵢ
/// ```
///
/// * `x`, `y`: vectors of one length n; n may be 0.
/// * Returns a vector of length n. A NaN or an infinity reaches its own entry only.
///
/// # Errors
///
/// [`InputError::LengthMismatch`] if `x` and `y` differ in length.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::add;
/// assert_eq!(add(&[1.0, 2.0], &[3.0, 0.5]), Ok(vec![4.0, 2.5]));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.1.
pub fn add(x: &[f64], y: &[f64]) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// A vector stretched by a factor, a·x.
///
/// ```text
/// (a·x)ᵢ = a·xᵢ
/// ```
///
/// * `factor`: a; negative turns the vector round, 0 makes every finite entry 0.
/// * `x`: a vector of any length, 0 included.
/// * Returns a vector of the same length. NaN and ∞ follow the arithmetic of `f64`: 0·∞ and 0·NaN are NaN.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::scale;
/// assert_eq!(scale(-2.0, &[1.0, 0.5]), [-2.0, -1.0]);
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.1.
pub fn scale(factor: f64, x: &[f64]) -> Vec<f64> {
    todo!()
}

/// The dot product of two vectors, x·y: the sum of the products of their entries.
///
/// ```text
/// x·y = x₁y₁ + x₂y₂ + … + xₙyₙ
/// ```
///
/// * `x`, `y`: vectors of one length n.
/// * Returns one number, 0 for n = 0. A NaN in either vector makes it NaN.
///
/// Any order of summation is right: the laws leave room for rounding.
///
/// # Errors
///
/// [`InputError::LengthMismatch`] if `x` and `y` differ in length.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::dot;
/// assert_eq!(dot(&[1.0, 2.0], &[3.0, 0.5]), Ok(4.0));
/// ```
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.2.
pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    todo!()
}

/// The Euclidean length of a vector, ‖x‖.
///
/// ```text
/// ‖x‖ = √(x₁² + x₂² + … + xₙ²)
/// ```
///
/// * `x`: a vector of any length; ‖x‖ = 0 for the empty one.
/// * Returns a number ≥ 0 in the unit of the entries. If an entry is NaN it is NaN, even beside an infinite one; else
///   if an entry is infinite it is ∞.
///
/// Wherever ‖x‖ itself is a normal number, so is the answer: the squares of 10²⁰⁰ or 10⁻²⁰⁰ must not get in the way.
/// Any order of summation is right: the laws leave room for rounding.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::norm;
/// assert_eq!(norm(&[3.0, -4.0]), 5.0);
/// ```
///
/// Source: Blue, *A Portable Fortran Program to Find the Euclidean Norm of a Vector*, ACM TOMS 4 (1978).
pub fn norm(x: &[f64]) -> f64 {
    todo!()
}

/// The cosine of the angle between two vectors.
///
/// ```text
/// cos ∠(x, y) = x·y / (‖x‖‖y‖)
/// ```
///
/// * `x`, `y`: finite vectors of one length, neither zero, each of a length ‖·‖ between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns a number in \[−1, 1\], rounding included: 1 for the same direction, 0 for a right angle, −1 for the
///   opposite direction. Lengths play no part, be they 10²⁰⁰ or 10⁻²⁰⁰.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::LengthMismatch`] if `x` and `y` differ in length;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"y"` and the index of the first entry that is NaN or infinite,
///   `x` before `y`;
/// * [`InputError::ZeroVector`] with `name` `"x"` or `"y"`, `x` before `y`, if one has no direction: all its entries
///   are 0, or it has none.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::cosine_similarity;
/// let right_angle = cosine_similarity(&[2.0, 0.0], &[0.0, 3.0])?;
/// assert!(right_angle.abs() < 1e-14);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §6.3.1.
pub fn cosine_similarity(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    todo!()
}
