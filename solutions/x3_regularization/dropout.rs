//! Dropout: a layer that sets activations to 0 at random while the network is trained.

use kit::{Generator, InputError, Matrix, check};

/// Inverted dropout in training: sets each entry to 0 with the probability p, and divides the others by 1 − p.
///
/// ```formula
/// mᵢⱼ = 0 with probability p,   1/(1 − p) with probability 1 − p
/// yᵢⱼ = xᵢⱼ·mᵢⱼ
/// ```
///
/// All entries of the mask are independent, those of one row too. Each y has the expectation x, so in evaluation dropout is the
/// identity: nothing is dropped and nothing is scaled, and no function is needed. The backward pass is ∂L/∂x = ∂L/∂y ⊙ m,
/// with the mask of the forward pass.
///
/// * `x`: n×d activations, n and d may be 0; no entry is above 10¹⁵⁰ in size.
/// * `rate`: p, at least 0 and below 1. With p = 0 the mask is 1 everywhere. For p near 1 the few entries that stay are
///   multiplied by a large number; p = 1 would leave nothing to scale and is rejected.
/// * `generator`: the random number generator. The same state gives the same mask; its state advances with every number
///   drawn, so that the mask of the next call is independent of this one.
/// * Returns y and the mask m, both n×d.
///
/// # Errors
///
/// * [`InputError::OutOfRange`] with `name` `"rate"` unless 0 ≤ p < 1, or with `"x"` and the first entry that is above
///   10¹⁵⁰ in size;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order.
///
/// ```
/// # use katas::x3_regularization::dropout::dropout;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[1.0, -2.0, 3.0]]);
/// let (y, mask) = dropout(&x, 0.5, &mut Generator::from_seed(1))?;
/// assert!((0..3).all(|j| mask[(0, j)] == 0.0 || mask[(0, j)] == 2.0));
/// assert!((0..3).all(|j| y[(0, j)] == x[(0, j)] * mask[(0, j)]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.functional.dropout(x, p=rate, training=True)`.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, *Dropout: A Simple Way to Prevent Neural Networks
/// from Overfitting*, JMLR 15 (2014), §4 and §10.
pub fn dropout(x: &Matrix, rate: f64, generator: &mut Generator) -> Result<(Matrix, Matrix), InputError> {
    check::in_range("rate", rate, (0.0..1.0).contains(&rate), "at least 0 and below 1")?;
    check::finite("x", x.as_slice())?;
    check::all_in_range("x", x.as_slice(), |x| x.abs() <= 1e150, "at most 10¹⁵⁰ in size")?;
    let (n, d) = x.shape();
    let mut mask = Matrix::zeros(n, d);
    for i in 0..n {
        for j in 0..d {
            // A number in [0, 1) is below p with the probability p.
            if generator.uniform() >= rate {
                mask[(i, j)] = 1.0 / (1.0 - rate);
            }
        }
    }
    let y = Matrix::from_fn(n, d, |i, j| x[(i, j)] * mask[(i, j)]);
    Ok((y, mask))
}
