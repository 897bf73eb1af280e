//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// Tests other implementations of causal attention: decides whether a candidate returns the right output.
///
/// The candidate takes queries and keys, both n×d, and values, n×w, and returns the output of
/// [`scaled_dot_product_attention`](super::attention::scaled_dot_product_attention) with the
/// [`causal_mask`](super::attention::causal_mask), n×w. You choose the arguments, and may call it as often as you like.
///
/// * `candidate`: the function under test. It may be called with n from 1 to 6 tokens, d from 1 to 6, w from 1 to 4, and multiples
///   of 1/8 from −32 to 32 as entries. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected**, whichever formula it uses. Its entries are within 10⁻⁹ of the exact ones.
///   * **These must be rejected**: no scale, or another one; a softmax over the queries, or none; no mask, a mask that hides the
///     token itself too, or one in the other direction; masked scores of 0 instead of −∞; weights masked after the softmax, so that
///     they do not sum to 1; a NaN where an exponential overflows, or where all of a row underflow; the largest weight only; a token, a feature or a
///     column left out, be it for some shapes only; keys and values, or queries and keys, exchanged; another shape.
///
/// ```
/// # use katas::x4_attention::laws::accepts_attention;
/// // The values themselves are right only where each token attends to itself alone.
/// assert!(!accepts_attention(|_, _, values| values.clone()));
/// ```
///
/// In Python: `hypothesis.given(…)` with `numpy.testing.assert_allclose(candidate(q, k, v), y, atol=1e-9)`.
///
/// Source: Vaswani et al., *Attention Is All You Need*, NeurIPS (2017), §3.2.1 and §3.2.3.
pub fn accepts_attention(candidate: fn(&Matrix, &Matrix, &Matrix) -> Matrix) -> bool {
    use kit::Generator;

    use super::attention::{causal_mask, scaled_dot_product_attention};

    let mut generator = Generator::from_seed(1);
    (0..400).all(|_| {
        let [n, d, w] = [6, 6, 4].map(|most| 1 + generator.below(most));
        // Small numbers give weights of several tokens, large ones exponentials that overflow.
        let most = [8, 16, 64, 256][generator.below(4)];
        let mut drawn = |cols: usize| {
            let mut matrix = Matrix::zeros(n, cols);
            for i in 0..n {
                (0..cols).for_each(|j| matrix[(i, j)] = generator.below(2 * most + 1) as f64 - most as f64);
            }
            Matrix::from_fn(n, cols, |i, j| matrix[(i, j)] / 8.0)
        };
        let (queries, keys, values) = (drawn(d), drawn(d), drawn(w));
        let got = candidate(&queries, &keys, &values);
        scaled_dot_product_attention(&queries, &keys, &values, &causal_mask(n))
            .is_ok_and(|(want, _)| got.shape() == want.shape() && are_near(got.as_slice(), want.as_slice()))
    })
}

/// A NaN is near nothing.
fn are_near(got: &[f64], want: &[f64]) -> bool {
    got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-8)
}
