//! Vectors as slices of numbers, in pure Rust.

use kit::{InputError, check};

/// Vector addition: the sum of two vectors, x + y, entry by entry (elementwise).
///
/// ```formula
/// (x + y)ᵢ = xᵢ + yᵢ
/// ```
///
/// * `x`, `y`: vectors of one length n; n may be 0.
/// * Returns a vector of length n, each entry as `+` of `f64` gives it: ∞ for a sum beyond the largest number. A NaN or an
///   infinity affects its own entry only.
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
/// In Python: `numpy.add(x, y)` or `x + y`, which broadcast arrays of unequal shapes where they can.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.1.
pub fn add(x: &[f64], y: &[f64]) -> Result<Vec<f64>, InputError> {
    check::same_length(x.len(), y.len())?;
    Ok(x.iter().zip(y).map(|(x, y)| x + y).collect())
}

/// Scalar multiplication: each entry of a vector times one number, a·x.
///
/// ```formula
/// (a·x)ᵢ = a·xᵢ
/// ```
///
/// * `factor`: the scalar a; a negative one reverses the direction, 0 makes every finite entry 0.
/// * `x`: a vector of any length, 0 included.
/// * Returns a vector of the same length. NaN and ∞ follow the arithmetic of `f64`: 0·∞ and 0·NaN are NaN.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::scale;
/// assert_eq!(scale(-2.0, &[1.0, 0.5]), [-2.0, -1.0]);
/// ```
///
/// In Python: `a * x` for a NumPy array, `numpy.multiply(a, x)`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.1.
pub fn scale(factor: f64, x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| factor * x).collect()
}

/// The dot product of two vectors, x·y: the sum of the products of their entries.
///
/// ```formula
/// x·y = x₁y₁ + x₂y₂ + … + xₙyₙ
/// ```
///
/// * `x`, `y`: vectors of one length n.
/// * Returns a scalar, 0 for n = 0. A NaN in either vector makes it NaN; what an infinite entry gives is left open.
///
/// Any order of summation is right: the laws allow for rounding error.
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
/// In Python: `numpy.dot(x, y)` or `x @ y`.
///
/// Source: Strang, *Introduction to Linear Algebra*, 5th ed., §1.2.
pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    check::same_length(x.len(), y.len())?;
    Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())
}

/// The Euclidean norm (L2 norm) of a vector, ‖x‖: its length.
///
/// ```formula
/// ‖x‖ = √(x₁² + x₂² + … + xₙ²)
/// ```
///
/// * `x`: a vector with any number of entries; ‖x‖ = 0 for the empty one.
/// * Returns a number ≥ 0 in the unit of the entries. If an entry is NaN, the norm is NaN, even if another entry is
///   infinite; otherwise, if an entry is infinite, it is ∞.
///
/// Wherever ‖x‖ itself is a normal `f64`, the result is accurate: the squares of 10²⁰⁰ (overflow) or 10⁻²⁰⁰ (underflow)
/// do not spoil it. Any order of summation is right: the laws allow for rounding error.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::norm;
/// assert_eq!(norm(&[3.0, -4.0]), 5.0);
/// ```
///
/// In Python: `numpy.linalg.norm(x)`; `scipy.linalg.norm(x)` also avoids overflow.
///
/// Source: Blue, *A Portable Fortran Program to Find the Euclidean Norm of a Vector*, ACM TOMS 4 (1978).
pub fn norm(x: &[f64]) -> f64 {
    let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    if largest == 0.0 || largest.is_infinite() {
        // `max` passes over a NaN, the sum does not.
        return x.iter().map(|x| x.abs()).sum();
    }
    // Divided by the largest entry every square is at most 1, and one of them is 1.
    largest * x.iter().map(|x| (x / largest).powi(2)).sum::<f64>().sqrt()
}

/// Cosine similarity: the cosine of the angle between two vectors.
///
/// ```formula
/// cos ∠(x, y) = x·y / (‖x‖‖y‖)
/// ```
///
/// * `x`, `y`: finite vectors of the same length n, neither zero, each with a norm between 10⁻³⁰⁰ and 10³⁰⁰.
/// * Returns a number in \[−1, 1\], also after rounding: 1 for the same direction, 0 for orthogonal vectors, −1 for
///   opposite directions. It does not depend on the norms, even if they are 10²⁰⁰ or 10⁻²⁰⁰.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if `x` and `y` differ in length;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"y"` and the index of the first entry of that vector that is NaN
///   or infinite;
/// * [`InputError::ZeroVector`] with `name` `"x"` or `"y"` if that vector has no direction: all its entries are 0, or
///   it has none.
///
/// ```
/// # use katas::m01_linear_algebra::vectors::cosine_similarity;
/// let right_angle = cosine_similarity(&[2.0, 0.0], &[0.0, 3.0])?;
/// assert!(right_angle.abs() < 1e-14);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `1 - scipy.spatial.distance.cosine(x, y)`, or
/// `sklearn.metrics.pairwise.cosine_similarity([x], [y])[0, 0]`, which returns 0 for a zero vector.
///
/// Source: Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, §6.3.1.
pub fn cosine_similarity(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    check::same_length(x.len(), y.len())?;
    check::finite("x", x)?;
    check::finite("y", y)?;
    let (length_x, length_y) = (norm(x), norm(y));
    for (name, length) in [("x", length_x), ("y", length_y)] {
        if length == 0.0 {
            return Err(InputError::ZeroVector { name });
        }
    }
    // Each entry over its own length first: the product of two lengths may overflow.
    let cosine: f64 = x.iter().zip(y).map(|(x, y)| (x / length_x) * (y / length_y)).sum();
    Ok(cosine.clamp(-1.0, 1.0))
}
