//! Small trainings to look at from all sides.

use std::cell::RefCell;

use candle_core::{Tensor, Var};
use judge::{Answer, Broken};
use katas::m07_deep_learning::fitting::{Epoch, Settings, fit};
use katas::m07_deep_learning::training::{Model, Score};
use kit::{Generator, InputError, Matrix};

use super::super::softmax::{Task, linear, logits, predicted, softmax, surprise, variable};
use super::super::tensors::{matrix, numbers, tensor};

/// What a training left behind.
pub struct Run {
    pub epochs: Vec<Epoch>,
    /// The weights afterwards.
    pub w: Matrix,
    /// The first feature of what the model was asked for, call after call.
    pub asked: Vec<Vec<f64>>,
    /// The epochs that the callback was called with.
    pub watched: Vec<Epoch>,
    /// How many batches had been learned from at each call.
    pub steps_watched: Vec<usize>,
}

/// Validation samples are numbered from here on.
pub const VALIDATION: usize = 1000;

impl Run {
    /// The first features of the batches learned from.
    pub fn learned(&self) -> Vec<&Vec<f64>> {
        self.asked.iter().filter(|batch| learns(batch)).collect()
    }
}

/// Whether these are training samples, by their first features.
pub fn learns(batch: &[f64]) -> bool {
    batch.iter().all(|&first| first < VALIDATION as f64)
}

/// A linear classifier on these samples: weights w, training and validation, settings, seed.
pub fn run(
    w: &Matrix,
    training: (&Matrix, &[usize]),
    validation: (&Matrix, &[usize]),
    settings: &Settings,
    seed: u64,
) -> Result<Run, Broken> {
    run_from(&mut Generator::from_seed(seed), w, training, validation, settings)
}

/// The same from the state of this generator, which it changes.
pub fn run_from(
    generator: &mut Generator,
    w: &Matrix,
    training: (&Matrix, &[usize]),
    validation: (&Matrix, &[usize]),
    settings: &Settings,
) -> Result<Run, Broken> {
    let var: Var = variable(w);
    let asked = RefCell::new(Vec::<Vec<f64>>::new());
    let (mut watched, mut steps_watched) = (Vec::new(), Vec::new());
    let model = linear(&var);
    let recording = |x: &Tensor| {
        let all = numbers("x", x).unwrap_or_default();
        asked.borrow_mut().push(all.iter().copied().step_by(w.rows()).collect());
        model(x)
    };
    let (x, v) = (tensor(training.0), tensor(validation.0));
    let epochs = fit(
        &recording,
        vec![var.clone()],
        (&x, training.1),
        (&v, validation.1),
        settings,
        generator,
        &mut |epoch| {
            watched.push(*epoch);
            steps_watched.push(asked.borrow().iter().filter(|batch| learns(batch)).count());
        },
    );
    let epochs = epochs.accepted("fit(…)")?;
    Ok(Run { epochs, w: matrix("the weights", &var)?, asked: asked.into_inner(), watched, steps_watched })
}

/// `fit` with a model of one's own.
pub fn ask(
    model: &Model,
    w: &Var,
    training: (&Matrix, &[usize]),
    validation: (&Matrix, &[usize]),
    settings: &Settings,
) -> Result<Vec<Epoch>, InputError> {
    ask_all(model, std::slice::from_ref(w), training, validation, settings)
}

/// The same with any number of variables.
pub fn ask_all(
    model: &Model,
    variables: &[Var],
    training: (&Matrix, &[usize]),
    validation: (&Matrix, &[usize]),
    settings: &Settings,
) -> Result<Vec<Epoch>, InputError> {
    let (x, v, mut generator) = (tensor(training.0), tensor(validation.0), Generator::from_seed(1));
    let (training, validation) = ((&x, training.1), (&v, validation.1));
    fit(model, variables.to_vec(), training, validation, settings, &mut generator, &mut |_| {})
}

/// Where Adam takes the weights of a linear classifier from 0, in so many steps for the same sample of class 0 of two:
/// Kingma and Ba, algorithm 1, with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.
pub fn adam(x: [f64; 2], rate: f64, steps: i32) -> Vec<f64> {
    let (mut w, mut m, mut v) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    for t in 1..=steps {
        let wrong = 1.0 / (1.0 + (x[0] * (w[0] - w[1]) + x[1] * (w[2] - w[3])).exp());
        for i in 0..4 {
            let gradient = x[i / 2] * if i % 2 == 0 { -wrong } else { wrong };
            m[i] = 0.9 * m[i] + 0.1 * gradient;
            v[i] = 0.999 * v[i] + 0.001 * gradient * gradient;
            let (mean, square) = (m[i] / (1.0 - 0.9_f64.powi(t)), v[i] / (1.0 - 0.999_f64.powi(t)));
            w[i] -= rate * mean / (square.sqrt() + 1e-8);
        }
    }
    w.to_vec()
}

/// The whole definition: Adam on these batches, sample by sample, epoch by epoch: the weights, and the scores of each
/// epoch.
pub fn adam_on(
    task: &Task,
    validation: (&Matrix, &[usize]),
    epochs: &[Vec<Vec<usize>>],
    rate: f64,
) -> (Matrix, Vec<Epoch>) {
    let (d, k) = task.w.shape();
    let (mut w, mut m, mut v) = (task.w.clone(), Matrix::zeros(d, k), Matrix::zeros(d, k));
    let (mut t, mut scores) = (0, Vec::new());
    for batches in epochs {
        let (mut loss, mut right, mut seen) = (0.0, 0.0, 0.0);
        for batch in batches {
            t += 1;
            let mut gradient = Matrix::zeros(d, k);
            for &i in batch {
                let z = logits(task.x.row(i), &w);
                (loss, seen) = (loss + surprise(&z, task.labels[i]), seen + 1.0);
                right += f64::from(predicted(&z) == task.labels[i]);
                for (c, p) in softmax(&z).iter().enumerate() {
                    let wrong = (p - f64::from(c == task.labels[i])) / batch.len() as f64;
                    (0..d).for_each(|j| gradient[(j, c)] += wrong * task.x[(i, j)]);
                }
            }
            for (j, c) in (0..d).flat_map(|j| (0..k).map(move |c| (j, c))) {
                let g = gradient[(j, c)];
                m[(j, c)] = 0.9 * m[(j, c)] + 0.1 * g;
                v[(j, c)] = 0.999 * v[(j, c)] + 0.001 * g * g;
                let (mean, square) =
                    (m[(j, c)] / (1.0 - 0.9_f64.powi(t)), v[(j, c)] / (1.0 - 0.999_f64.powi(t)));
                w[(j, c)] -= rate * mean / (square.sqrt() + 1e-8);
            }
        }
        let n = validation.1.len() as f64;
        let pairs =
            || validation.1.iter().enumerate().map(|(i, label)| (logits(validation.0.row(i), &w), *label));
        let validated = Score {
            loss: pairs().map(|(z, label)| surprise(&z, label)).sum::<f64>() / n,
            accuracy: pairs().filter(|(z, label)| predicted(z) == *label).count() as f64 / n,
        };
        scores.push(Epoch {
            training: Score { loss: loss / seen, accuracy: right / seen },
            validation: validated,
        });
    }
    (w, scores)
}

/// Samples whose first feature is their number plus `from`.
pub fn numbered(n: usize, from: usize) -> Matrix {
    Matrix::from_fn(n, 2, |i, j| if j == 0 { (from + i) as f64 } else { 1.0 })
}

pub fn settings(epochs: usize, batch_size: usize, learning_rate: f64) -> Settings {
    Settings { epochs, batch_size, learning_rate }
}
