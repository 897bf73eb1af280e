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
    todo!()
}
