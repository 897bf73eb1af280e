//! Roles exchanged: here you write the property-based test (the law).

use kit::{Generator, InputError};

/// A candidate: a function that claims to be the dot product.
pub type DotProduct<'a> = dyn Fn(&[f64], &[f64]) -> Result<f64, InputError> + 'a;

/// A property-based test of the dot product: decide whether a candidate implementation is right.
///
/// A right one follows the definition of the kata `dot`:
///
/// ```formula
/// x·y = x₁y₁ + x₂y₂ + … + xₙyₙ
/// ```
///
/// * in any order of summation, fused or compensated: within n·ε·Σ|xᵢyᵢ| of the exact sum, ε = 2⁻⁵²;
/// * for vectors of any length, 0 for empty ones; NaN if an entry is NaN, even if it is multiplied by 0;
/// * lengths m ≠ n are rejected with [`InputError::LengthMismatch`], `left` = m, `right` = n.
///
/// A wrong one has a mistake that people make: in its formula, its signs, its length, its precision (an error of more
/// than 10⁻⁹ of Σ|xᵢyᵢ|), or in an edge case; and it fails on some vectors of at most 16 entries.
///
/// * `candidate`: the function under test; call it as often as you like, up to a few thousand times. It always returns
///   and never panics.
/// * Returns `true` to accept it, `false` to reject it. The laws pass right and wrong candidates: accept every right
///   one (no false positive of the test) and reject every wrong one (no false negative).
///
/// ```
/// # use katas::m01_linear_algebra::laws::accepts_dot_product;
/// assert!(!accepts_dot_product(&|_, _| Ok(0.0)));
/// ```
///
/// In Python: no single call; `hypothesis.given(…)` draws the vectors, `numpy.testing.assert_allclose` compares.
///
/// Source: Claessen and Hughes, *QuickCheck: A Lightweight Tool for Random Testing of Haskell Programs*, ICFP 2000.
pub fn accepts_dot_product(candidate: &DotProduct<'_>) -> bool {
    todo!()
}
