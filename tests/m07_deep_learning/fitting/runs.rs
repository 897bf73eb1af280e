//! Small trainings to look at from all sides.

use std::cell::RefCell;

use candle_core::{Tensor, Var};
use judge::{Answer, Broken};
use katas::m07_deep_learning::fitting::{Epoch, Settings, fit};
use katas::m07_deep_learning::training::Model;
use kit::{Generator, InputError, Matrix};

use super::super::softmax::{linear, variable};
use super::super::tensors::{matrix, numbers, tensor};

/// What a training left behind.
pub struct Run {
    pub epochs: Vec<Epoch>,
    /// The weights afterwards.
    pub w: Matrix,
    /// The first feature of what the model was asked for, call after call.
    pub asked: Vec<Vec<f64>>,
    /// What the training told while it ran.
    pub told: Vec<Epoch>,
}

/// A linear classifier on these samples: weights w, training and validation, settings, seed.
pub fn run(
    w: &Matrix,
    training: (&Matrix, &[usize]),
    validation: (&Matrix, &[usize]),
    settings: &Settings,
    seed: u64,
) -> Result<Run, Broken> {
    let var: Var = variable(w);
    let (asked, mut told) = (RefCell::new(Vec::new()), Vec::new());
    let model = linear(&var);
    let watched = |x: &Tensor| {
        let all = numbers("x", x).unwrap_or_default();
        asked.borrow_mut().push(all.iter().copied().step_by(w.rows()).collect());
        model(x)
    };
    let (x, v) = (tensor(training.0), tensor(validation.0));
    let mut generator = Generator::from_seed(seed);
    let epochs = fit(
        &watched,
        vec![var.clone()],
        (&x, training.1),
        (&v, validation.1),
        settings,
        &mut generator,
        &mut |epoch| told.push(*epoch),
    );
    let epochs = epochs.accepted("fit(…)")?;
    Ok(Run { epochs, w: matrix("the weights", &var)?, asked: asked.into_inner(), told })
}

/// `fit` with a model of one's own, validated on what it learns.
pub fn ask(
    model: &Model,
    w: &Var,
    (x, labels): (&Matrix, &[usize]),
    settings: &Settings,
) -> Result<Vec<Epoch>, InputError> {
    let (x, mut generator) = (tensor(x), Generator::from_seed(1));
    fit(model, vec![w.clone()], (&x, labels), (&x, labels), settings, &mut generator, &mut |_| {})
}

/// Samples whose first feature is their number plus `from`.
pub fn numbered(n: usize, from: usize) -> Matrix {
    Matrix::from_fn(n, 2, |i, j| if j == 0 { (from + i) as f64 } else { 1.0 })
}

pub fn settings(epochs: usize, batch_size: usize, learning_rate: f64) -> Settings {
    Settings { epochs, batch_size, learning_rate }
}
