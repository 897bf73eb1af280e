//! The same numbers from PyTorch 2.15, in double precision.

use katas::reference::x3_regularization::batch_norm::{
    RunningStatistics, batch_norm, batch_norm_backward, batch_norm_evaluate,
};
use katas::reference::x3_regularization::layer_norm::{layer_norm, layer_norm_backward};
use katas::reference::x3_regularization::optimizer::{AdamW, AdamWState, adamw_step, clip_gradients};
use katas::reference::x3_regularization::stopping::smoothed_cross_entropy;
use kit::Matrix;
use kit::data::iris;

use super::{CHAPTER, says};

/// What is compared: a name, our number and PyTorch's.
fn agree(rows: &[(&str, f64, &str)]) {
    for (name, here, there) in rows {
        let here = format!("{here:.10}").replace('-', "−");
        says(CHAPTER, &format!("| {name} | {here} | {there} |"));
    }
}

#[test]
fn normalization_agrees_with_pytorch() {
    const EPSILON: f64 = 1e-5;

    let (x, labels) = (&iris().features, &iris().labels);
    let (gamma, beta) = ([0.5, 1.0, 1.5, 2.0], [-1.0, 0.0, 1.0, 2.0]);
    // The upstream gradient: the next feature less the number of the species.
    let g = Matrix::from_fn(150, 4, |i, j| x[(i, (j + 1) % 4)] - labels[i] as f64);
    let start = RunningStatistics { mean: vec![0.0; 4], variance: vec![1.0; 4] };
    let (y, running) = batch_norm(x, &gamma, &beta, &start, 0.1, EPSILON).expect("a batch");
    let (dx, dgamma, _) = batch_norm_backward(&g, x, &gamma, EPSILON).expect("a batch");
    let evaluated = batch_norm_evaluate(x, &gamma, &beta, &running, EPSILON).expect("a batch");
    let layer = layer_norm(x, &gamma, &beta, EPSILON).expect("a batch");
    let (layer_dx, layer_dgamma, _) = layer_norm_backward(&g, x, &gamma, EPSILON).expect("a batch");
    agree(&[
        ("`batch_norm`, first y", y[(0, 0)], "−1.4503372793"),
        ("running variance of the first feature", running.variance[0], "0.9685693512"),
        ("`batch_norm_evaluate`, first y", evaluated[(0, 0)], "1.2941630320"),
        ("`batch_norm_backward`, first ∂L/∂x", dx[(0, 0)], "0.4974975717"),
        ("first ∂L/∂γ", dgamma[0], "−103.5040662736"),
        ("`layer_norm`, first y", layer[(0, 0)], "−0.3244894460"),
        ("`layer_norm_backward`, first ∂L/∂x", layer_dx[(0, 0)], "0.8752727086"),
        ("first ∂L/∂γ of the layer", layer_dgamma[0], "412.8071244668"),
    ]);
}

#[test]
fn optimizer_and_loss_agree_with_pytorch() {
    let options = AdamW { learning_rate: 0.1, betas: [0.9, 0.999], epsilon: 1e-8, weight_decay: 0.01 };
    let (mut theta, mut state) =
        (vec![1.0, -2.0, 3.0], AdamWState { step: 0, first: vec![0.0; 3], second: vec![0.0; 3] });
    for _ in 0..100 {
        // Of ½·Σ s·(θ − 5)², s = 1, 10, 100.
        let gradient: Vec<f64> =
            theta.iter().zip([1.0, 10.0, 100.0]).map(|(theta, s)| s * (theta - 5.0)).collect();
        (theta, state) = adamw_step(&theta, &gradient, &state, &options).expect("a step");
    }
    let x = &iris().features;
    let logits = Matrix::from_fn(150, 3, |i, j| x[(i, j)]);
    let (loss, gradient) = smoothed_cross_entropy(&logits, &iris().labels, 0.1).expect("logits");
    let parts = [Matrix::from_rows([[3.0, 4.0], [0.0, 12.0]]), Matrix::from_rows([[84.0, 0.0, 0.0]])];
    let (clipped, norm) = clip_gradients(&parts, 17.0).expect("a limit");
    agree(&[
        ("`adamw_step`, first parameter after 100 steps", theta[0], "4.9433604781"),
        ("second parameter", theta[1], "4.4227963568"),
        ("third parameter", theta[2], "4.9817103386"),
        ("`smoothed_cross_entropy`, α = 0.1", loss, "1.6794877591"),
        ("first ∂L/∂z", gradient[(0, 0)], "−0.0007872330"),
        ("`clip_gradients`, norm", norm, "85.0000000000"),
        ("first entry after clipping to 17", clipped[0][(0, 0)], "0.5999999929"),
    ]);
}
