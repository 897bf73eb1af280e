//! Roles exchanged: here you write the property-based test (the law).

/// A gradient check, as used on a new backpropagation: decide whether a candidate is the gradient of f.
///
/// * `f`: a function of n numbers, smooth on the box \[−2, 2\]ⁿ and NaN outside; f and its first three derivatives
///   along each axis have absolute values of at most 100.
/// * `candidate`: a function that claims to be ∇f on the same box.
/// * `n`: the number of coordinates, from 1 to 3.
/// * Returns `true` to accept the candidate. You choose the points and the tolerance.
///
/// A right candidate is within 10⁻¹² of the gradient everywhere in the box. A wrong one is wrong on one whole side of
/// one axis: for some i, wherever xᵢ ≥ ¼, or wherever xᵢ ≤ −¼, its length is not n, or one of its entries is NaN or off
/// by 0.01 or more.
///
/// ```
/// # use katas::m03_calculus::laws::accepts_gradient;
/// let f = |x: &[f64]| if x.iter().all(|x| x.abs() <= 2.0) { x[0] * x[0] * x[1] } else { f64::NAN };
/// assert!(accepts_gradient(&f, &|x| vec![2.0 * x[0] * x[1], x[0] * x[0]], 2));
/// assert!(!accepts_gradient(&f, &|x| vec![2.0 * x[0], x[0] * x[0]], 2));
/// ```
///
/// In Python: `torch.autograd.gradcheck(f, inputs)`; `scipy.optimize.check_grad(f, gradient, x)` returns the error.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §11.5.
pub fn accepts_gradient(f: &dyn Fn(&[f64]) -> f64, candidate: &dyn Fn(&[f64]) -> Vec<f64>, n: usize) -> bool {
    // The truncation error is at most 100·h²/6, the rounding error 100·ε/h: far below the 0.01 of a wrong candidate.
    const H: f64 = 1e-4;
    const TOLERANCE: f64 = 1e-3;
    let agrees_at = |x: Vec<f64>| {
        let difference = |i| {
            let moved = |by| {
                let mut moved = x.clone();
                moved[i] += by;
                f(&moved)
            };
            (moved(H) - moved(-H)) / (2.0 * H)
        };
        let gradient = candidate(&x);
        gradient.len() == n && (0..n).all(|i| (gradient[i] - difference(i)).abs() <= TOLERANCE)
    };
    // One point on the far side of all axes and one on the near side, at uneven places: no symmetry hides a mistake.
    [[0.7, 1.1, 1.5], [-1.3, -0.9, -0.5]].iter().all(|x| agrees_at(x[..n].to_vec()))
}
