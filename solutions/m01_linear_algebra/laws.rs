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
    let mut generator = Generator::from_seed(1);
    // Sevenths, because they round; few of them, so that 0 comes often.
    let mut draw = |n: usize| (0..n).map(|_| (generator.below(9) as f64 - 4.0) / 7.0).collect::<Vec<_>>();
    let sums_products = (0..=16).flat_map(|n| [n; 4]).all(|n| {
        let (x, y) = (draw(n), draw(n));
        let products: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x * y).collect();
        // Twice n·ε: the sum on this side is rounded too. Without entries both must be 0.
        let tolerance = 2.0 * n as f64 * f64::EPSILON * products.iter().map(|p| p.abs()).sum::<f64>();
        candidate(&x, &y).is_ok_and(|got| (got - products.iter().sum::<f64>()).abs() <= tolerance)
    });
    let mut unequal = (0..16_usize).flat_map(|n| [(n, n + 1), (n + 1, n), (n, 16), (16, n)]);
    let rejects_lengths = unequal.all(|(left, right)| {
        candidate(&draw(left), &draw(right)) == Err(InputError::LengthMismatch { left, right })
    });
    // A NaN at each place, next to a 0: a candidate that skips zeros hides it there.
    let mut places = [1, 2, 3, 16].into_iter().flat_map(|n| (0..n).map(move |i| (n, i)));
    let is_nan = |got: Result<f64, InputError>| got.is_ok_and(f64::is_nan);
    let keeps_nan = places.all(|(n, i)| {
        let (mut x, mut y) = (vec![1.0; n], vec![1.0; n]);
        (x[i], y[i]) = (f64::NAN, 0.0);
        is_nan(candidate(&x, &y)) && is_nan(candidate(&y, &x))
    });
    sums_products && rejects_lengths && keeps_nan
}
