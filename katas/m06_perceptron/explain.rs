//! One step of gradient descent, explained with every number in it.

use kit::{Dense, Explanation, InputError, Matrix, Step, check, four_decimals as four};

/// Explains one step of gradient descent of a layer of sigmoid neurons, for one sample: forward pass, loss, backward
/// pass, update.
///
/// The steps, in this order; neurons are counted from 0. All numbers are written with four decimals, a vector as
/// `[1.0000, 2.0000]`. Without features nothing is added to the bias, and the numbers put in for z0 are `0.2500` alone:
///
/// ```text
/// name      formula                 numbers put in                                        result
/// z0        w0·x + b0               0.5000·1.0000 + -1.0000·2.0000 + 0.2500               one number
/// p0        1 / (1 + e^−z0)         1 / (1 + e^−(-1.2500))                                one number
/// …         both for each neuron
/// L         ½·Σ(p − t)²             ½·((0.2227 − 1.0000)² + (0.5000 − 0.0000)²)           one number
/// δ0        (p0 − t0)·p0·(1 − p0)   (0.2227 − 1.0000)·0.2227·(1 − 0.2227)                 ∂L/∂z0
/// ∂L/∂w0    δ0·x                    -0.1346·[1.0000, 2.0000]                              n numbers
/// ∂L/∂b0    δ0                      -0.1346                                               one number
/// …         the three for each neuron
/// new w0    w0 − η·∂L/∂w0           [0.5000, -1.0000] − 0.1000·[-0.1346, -0.2691]         n numbers
/// new b0    b0 − η·∂L/∂b0           0.2500 − 0.1000·-0.1346                               one number
/// …         both for each neuron
/// new L     ½·Σ(p − t)² with new w, b     ½·((0.2370 − 1.0000)² + (0.4813 − 0.0000)²)     one number
/// ```
///
/// * `layer`: W, k×n, and b, k biases; at least one neuron. `x`: the sample, n features. `targets`: t, k numbers.
/// * `learning_rate`: η > 0.
/// * Returns the explanation, its title `One step of gradient descent with learning rate 0.1000`. Results are not
///   rounded; only the texts are.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one target per neuron; `left` is the number of neurons;
/// * [`InputError::TooFew`] if there is no neuron;
/// * those of [`Dense::accepts`], with x as a matrix of one row;
/// * [`InputError::NotFinite`] with `name` `"targets"` or `"learning_rate"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"a number > 0"`.
///
/// ```
/// # use katas::m06_perceptron::explain::explain_step;
/// # use kit::{Dense, Matrix};
/// let layer = Dense { weights: Matrix::zeros(1, 1), bias: vec![0.0] };
/// let steps = explain_step(&layer, &[2.0], &[1.0], 0.5)?;
/// assert_eq!(steps.result("δ0"), Some(&[-0.125][..]));
/// assert_eq!(steps.result("new w0"), Some(&[0.125][..]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: no single call; `print` each line of the forward and backward pass, or set `requires_grad_()` and read
/// `w.grad` after `loss.backward()`.
///
/// Source: Nielsen, *Neural Networks and Deep Learning*, ch. 2.
pub fn explain_step(
    layer: &Dense,
    x: &[f64],
    targets: &[f64],
    learning_rate: f64,
) -> Result<Explanation, InputError> {
    todo!()
}
