//! The exercise turned round: here you write the law.

/// Whether the claimed gradient is the gradient of f: a gradient check, as one runs it on a new backpropagation.
///
/// * `f`: a function of n numbers, smooth on the box \[−2, 2\]ⁿ and NaN outside; f and its first three derivatives
///   along each axis are at most 100 in size.
/// * `claimed`: said to be ∇f on the same box, and written by somebody in a hurry or by somebody with care.
/// * `n`: the number of coordinates, from 1 to 3.
/// * Returns whether to accept the claim. You choose the points to try, and how close is close enough.
///
/// A right claim is within 10⁻¹² of the gradient all over the box. A wrong one gives itself away all along one side of
/// one axis: for some i, wherever xᵢ ≥ ¼, or wherever xᵢ ≤ −¼, its length is not n, or one of its entries is NaN or
/// off by 0.01 or more.
///
/// ```
/// # use katas::m03_calculus::laws::accepts_gradient;
/// let f = |x: &[f64]| if x.iter().all(|x| x.abs() <= 2.0) { x[0] * x[0] * x[1] } else { f64::NAN };
/// assert!(accepts_gradient(&f, &|x| vec![2.0 * x[0] * x[1], x[0] * x[0]], 2));
/// assert!(!accepts_gradient(&f, &|x| vec![2.0 * x[0], x[0] * x[0]], 2));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §11.5.
pub fn accepts_gradient(f: &dyn Fn(&[f64]) -> f64, claimed: &dyn Fn(&[f64]) -> Vec<f64>, n: usize) -> bool {
    // Truncation is at most 100·h²/6 and rounding 100·ε/h: far below the 0.01 that a wrong claim is off.
    const H: f64 = 1e-4;
    const TOLERANCE: f64 = 1e-3;
    let agrees_at = |x: Vec<f64>| {
        let slope = |i| {
            let moved = |by| {
                let mut moved = x.clone();
                moved[i] += by;
                f(&moved)
            };
            (moved(H) - moved(-H)) / (2.0 * H)
        };
        let claim = claimed(&x);
        claim.len() == n && (0..n).all(|i| (claim[i] - slope(i)).abs() <= TOLERANCE)
    };
    // One point on the far side of all axes and one on the near side, at uneven places: no symmetry hides a mistake.
    [[0.7, 1.1, 1.5], [-1.3, -0.9, -0.5]].iter().all(|x| agrees_at(x[..n].to_vec()))
}
