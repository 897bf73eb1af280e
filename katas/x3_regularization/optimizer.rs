//! What belongs around a step of the optimizer: weight decay, gradient clipping and a schedule for the learning rate.

use std::f64::consts::PI;

use kit::{InputError, Matrix, check};

/// The hyperparameters of AdamW.
#[derive(Debug, Clone, PartialEq)]
pub struct AdamW {
    /// η, the learning rate.
    pub learning_rate: f64,
    /// β₁ and β₂, how much of the moments is kept.
    pub betas: [f64; 2],
    /// ε, what keeps the step finite where the gradient is 0.
    pub epsilon: f64,
    /// λ, the weight decay.
    pub weight_decay: f64,
}

/// What AdamW remembers between two steps.
#[derive(Debug, Clone, PartialEq)]
pub struct AdamWState {
    /// How many steps have been taken.
    pub step: usize,
    /// m, the first moment of each parameter's gradient.
    pub first: Vec<f64>,
    /// v, the second moment of each parameter's gradient, at least 0.
    pub second: Vec<f64>,
}

/// One step of AdamW: Adam with decoupled weight decay.
///
/// ```formula
/// t = step + 1
/// mₜ = β₁·m + (1 − β₁)·g   vₜ = β₂·v + (1 − β₂)·g²
/// m̂ = mₜ / (1 − β₁ᵗ)   v̂ = vₜ / (1 − β₂ᵗ)
/// θₜ = θ − η·λ·θ − η·m̂ / (√v̂ + ε)
/// ```
///
/// The decay η·λ·θ does not enter the moments. An L2 penalty would: it adds λ·θ to g, and Adam then divides it by √v̂, so that
/// parameters with large gradients are hardly decayed at all.
///
/// * `parameters`: θ, n ≥ 1 numbers. `gradient`: g, n numbers. `state`: the steps taken so far and the moments, n numbers each; all 0
///   before the first step.
/// * `options`: η, finite and above 0, at most 10⁶⁰; β₁ and β₂, at least 0 and below 1; ε, from 10⁻³⁰ to 1; λ, from 0 to 10⁶⁰.
/// * Returns the new parameters and the new state; m and v in it are not bias-corrected.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no parameter;
/// * [`InputError::LengthMismatch`] unless gradient and moments have n numbers; `left` is n;
/// * [`InputError::NotFinite`] with `name` `"parameters"`, `"gradient"`, `"first"` or `"second"` and the first `index`;
/// * [`InputError::OutOfRange`] with such a name and the first entry that is above 10⁶⁰ in size, or with `"second"` and the first
///   negative one; with `"step"` if more than 10⁹ steps were taken; or with `"learning_rate"`, `"betas"` (and the first that is out
///   of range), `"epsilon"` or `"weight_decay"`.
///
/// ```
/// # use katas::x3_regularization::optimizer::{AdamW, AdamWState, adamw_step};
/// let options = AdamW { learning_rate: 0.5, betas: [0.9, 0.999], epsilon: 1e-30, weight_decay: 0.25 };
/// let start = AdamWState { step: 0, first: vec![0.0], second: vec![0.0] };
/// let (theta, state) = adamw_step(&[8.0], &[-3.0], &start, &options)?;
/// // The decay takes 0.5·0.25·8 = 1; the first step of Adam is η·sign(g).
/// assert!((theta[0] - 7.5).abs() < 1e-9 && state.step == 1 && (state.first[0] + 0.3).abs() < 1e-9);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.optim.AdamW(parameters, lr=learning_rate, betas=betas, eps=epsilon, weight_decay=weight_decay).step()`.
///
/// Source: Loshchilov and Hutter, *Decoupled Weight Decay Regularization*, ICLR (2019), algorithm 2, with the decay times η as
/// in PyTorch.
pub fn adamw_step(
    parameters: &[f64],
    gradient: &[f64],
    state: &AdamWState,
    options: &AdamW,
) -> Result<(Vec<f64>, AdamWState), InputError> {
    todo!()
}

/// Gradient clipping by the global norm: shortens the gradients of all parameters by one factor if together they are too long.
///
/// ```formula
/// ‖g‖ = √(Σ g²)   over all entries of all gradients
/// g ← g·min(1, c/‖g‖)
/// ```
///
/// One factor for all keeps the direction of the step; clipping each tensor, or each entry, would turn it.
///
/// * `gradients`: any number of matrices of any shapes, also none, also empty ones; no entry is above 10²⁰⁰ in size. Squares
///   of such numbers leave the range of `f64`, at both ends.
/// * `max_norm`: c, from 10⁻¹⁰⁰ to 10²⁰⁰.
/// * Returns the gradients, in the same order and shapes, and the norm ‖g‖ that they had before. Where it is at most c, each entry
///   is returned as it is, to the last bit.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"gradients"` and the first `index`, counted through all entries, matrix after matrix;
/// * [`InputError::OutOfRange`] with `name` `"gradients"` and the first entry that is above 10²⁰⁰ in size, or with `"max_norm"`.
///
/// ```
/// # use katas::x3_regularization::optimizer::clip_gradients;
/// # use kit::Matrix;
/// let gradients = [Matrix::from_rows([[12.0, 0.0]]), Matrix::from_rows([[-16.0]])];
/// let (clipped, norm) = clip_gradients(&gradients, 5.0)?;
/// assert!((norm - 20.0).abs() < 1e-12);
/// assert!((clipped[0][(0, 0)] - 3.0).abs() < 1e-12 && (clipped[1][(0, 0)] + 4.0).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `torch.nn.utils.clip_grad_norm_(parameters, max_norm)`; it adds 10⁻⁶ to the norm before it divides.
///
/// Source: Pascanu, Mikolov and Bengio, *On the Difficulty of Training Recurrent Neural Networks*, ICML (2013), algorithm 1.
pub fn clip_gradients(gradients: &[Matrix], max_norm: f64) -> Result<(Vec<Matrix>, f64), InputError> {
    todo!()
}

/// Learning-rate schedule: linear warmup, then cosine annealing to 0.
///
/// ```formula
/// η(t) = η_max·t/w                           for t < w
/// η(t) = ½·η_max·(1 + cos(π·(t − w)/(T − w)))    for t ≥ w
/// ```
///
/// It rises from 0 to η_max at t = w and falls to 0 at t = T. Without a warmup, w = 0, it begins at η_max.
///
/// * `step`: t, from 0 to T. `warmup`: w, below T. `steps`: T, at least 1. `max_learning_rate`: η_max, a finite number above 0.
/// * Returns η(t), at least 0 and at most η_max, however large η_max is: no product may leave the range of `f64`.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"warmup"` unless w < T, `"step"` unless t ≤ T, or `"max_learning_rate"`.
///
/// ```
/// # use katas::x3_regularization::optimizer::warmup_cosine;
/// let rates: Result<Vec<f64>, _> = [0, 1, 2, 4, 6].into_iter().map(|t| warmup_cosine(t, 2, 6, 0.5)).collect();
/// let wanted = [0.0, 0.25, 0.5, 0.25, 0.0];
/// assert!(rates?.iter().zip(wanted).all(|(rate, wanted)| (rate - wanted).abs() < 1e-15));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `transformers.get_cosine_schedule_with_warmup(optimizer, warmup, steps)`.
///
/// Source: Loshchilov and Hutter, *SGDR: Stochastic Gradient Descent with Warm Restarts*, ICLR (2017), equation 5; Goyal et
/// al., *Accurate, Large Minibatch SGD*, arXiv:1706.02677 (2017), §2.2 (gradual warmup).
pub fn warmup_cosine(
    step: usize,
    warmup: usize,
    steps: usize,
    max_learning_rate: f64,
) -> Result<f64, InputError> {
    todo!()
}
