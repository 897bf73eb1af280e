//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// Tests other implementations of the backward pass of layer normalization: decides whether a candidate returns the
/// gradient with respect to x.
///
/// The candidate takes the upstream gradient ∂L/∂y and x, both n×d, and returns ∂L/∂x, n×d, for a
/// [`layer_norm`](super::layer_norm::layer_norm) with γ = 1, β = 0 and ε = 1/16. You choose both, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with n from 1 to 6 samples, d from 1 to 6 features, and multiples of 1/8
///   from −8 to 8 as entries of both. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected**, whichever formula it uses. Its entries are within 10⁻⁹ of the exact ones.
///   * **These must be rejected**: the mean or the variance taken as a constant; the mean over the samples, or over the whole batch;
///     the variance divided by d − 1; ε left out or added to σ; another sign or factor, such as a mean over the samples; a
///     sample or a feature left out, be it for some shapes only; the upstream gradient itself; a NaN for a constant row; another shape.
///
/// ```
/// # use katas::x3_regularization::laws::accepts_layer_norm_backward;
/// assert!(!accepts_layer_norm_backward(|grad_output, _| grad_output.clone()));
/// ```
///
/// In Python: `torch.autograd.gradcheck(layer_norm, x)`.
///
/// Source: Ba, Kiros and Hinton, *Layer Normalization*, arXiv:1607.06450 (2016), §3.
pub fn accepts_layer_norm_backward(candidate: fn(&Matrix, &Matrix) -> Matrix) -> bool {
    use kit::Generator;

    use super::layer_norm::layer_norm_backward;

    let mut generator = Generator::from_seed(1);
    (0..200).all(|_| {
        let [n, d] = [6, 6].map(|most| 1 + generator.below(most));
        // Few different values give constant rows, too.
        let values = 1 + generator.below(17);
        let mut drawn = |values: usize| {
            let mut matrix = Matrix::zeros(n, d);
            (0..n * d).for_each(|k| matrix[(k / d, k % d)] = generator.below(values) as f64 - 8.0);
            matrix
        };
        let (grad_output, x) = (drawn(17), drawn(values));
        let got = candidate(&grad_output, &x);
        layer_norm_backward(&grad_output, &x, &vec![1.0; d], 1.0 / 16.0)
            .is_ok_and(|(want, ..)| got.shape() == want.shape() && are_near(got.as_slice(), want.as_slice()))
    })
}

/// A NaN is near nothing.
fn are_near(got: &[f64], want: &[f64]) -> bool {
    got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-8)
}
