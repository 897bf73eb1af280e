//! The exercise turned round: here you write the law, and others wrote the answers.

use kit::{Generator, InputError};

/// Somebody's dot product.
pub type DotProduct<'a> = dyn Fn(&[f64], &[f64]) -> Result<f64, InputError> + 'a;

/// Whether somebody's dot product is right: you are the judge.
///
/// A right one follows the definition of the kata `dot`:
///
/// ```text
/// x·y = x₁y₁ + x₂y₂ + … + xₙyₙ
/// ```
///
/// * in any order of summation, fused or compensated: within n·ε·Σ|xᵢyᵢ| of the true sum, ε = 2⁻⁵²;
/// * of any length, 0 for the empty one; NaN if an entry is NaN, even beside a 0;
/// * lengths m ≠ n are rejected with [`InputError::LengthMismatch`], `left` = m, `right` = n.
///
/// A wrong one is wrong as people are wrong: in its formula, its signs, its length, its precision (it is off by more
/// than 10⁻⁹ of Σ|xᵢyᵢ|), or in a corner; and it shows that on some vectors of at most 16 entries.
///
/// * `candidate`: the claimed dot product; ask it as often as you like, up to some thousand times. It always comes
///   back and never panics.
/// * Returns `true` to accept it, `false` to reject it. You are judged by a row of right and wrong candidates: all of
///   the first must be accepted, and none of the others.
///
/// ```
/// # use katas::m01_linear_algebra::laws::accepts_dot_product;
/// assert!(!accepts_dot_product(&|_, _| Ok(0.0)));
/// ```
///
/// Source: Claessen and Hughes, *QuickCheck: A Lightweight Tool for Random Testing of Haskell Programs*, ICFP 2000.
pub fn accepts_dot_product(candidate: &DotProduct<'_>) -> bool {
    todo!()
}
