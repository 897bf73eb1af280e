//! A linear classifier of 1×1×2 images in plain numbers, and recorded training runs.

use std::cell::RefCell;

use candle_core::{DType, Device, Tensor, Var};
use judge::{Answer, Broken};
use katas::m09_convolution::evaluation::Model;
use katas::m09_convolution::training::{Epoch, Settings, train};
use kit::{Generator, InputError};

use super::super::arrays::numbers;

/// A recorded training run.
pub struct Run {
    pub epochs: Vec<Epoch>,
    pub reported: Vec<Epoch>,
    /// The weights afterwards, row after row.
    pub w: Vec<f64>,
    /// The first pixels of the batches passed to the model, call after call.
    pub asked: Vec<Vec<f64>>,
    /// How many batches had been learned from when the callback was called for each epoch.
    pub when: Vec<usize>,
}

/// Validation images are numbered from here on.
pub const VALIDATION: usize = 1000;

impl Run {
    /// The first pixels of the batches learned from.
    pub fn learned(&self) -> Vec<&Vec<f64>> {
        self.asked.iter().filter(|batch| learns(batch)).collect()
    }
}

fn learns(batch: &[f64]) -> bool {
    batch.iter().all(|&first| first < VALIDATION as f64)
}

/// Images of two pixels.
pub fn images(pixels: &[[f64; 2]]) -> Tensor {
    Tensor::from_slice(pixels.as_flattened(), (pixels.len(), 1, 1, 2), &Device::Cpu).expect("two pixels each")
}

/// The classifier on these weights.
pub fn linear(w: &Var) -> impl Fn(&Tensor) -> Result<Tensor, InputError> + use<> {
    let w = w.as_tensor().clone();
    move |x| Ok(x.flatten_from(1)?.matmul(&w)?)
}

/// Images whose first pixel is their number plus `from`, the second 1.
pub fn numbered(n: usize, from: usize) -> Vec<[f64; 2]> {
    (0..n).map(|i| [(from + i) as f64, 1.0]).collect()
}

/// Two classes, weights at 0.
pub fn run(
    training: (&[[f64; 2]], &[usize]),
    validation: (&[[f64; 2]], &[usize]),
    settings: &Settings,
    seed: u64,
) -> Result<Run, Broken> {
    let w = zeros(&[2, 2])?;
    let (asked, model) = (RefCell::new(Vec::<Vec<f64>>::new()), linear(&w));
    let (mut reported, mut when) = (Vec::new(), Vec::new());
    let watched = |x: &Tensor| {
        let first = x.flatten_from(1)?.narrow(1, 0, 1)?.flatten_all()?;
        asked.borrow_mut().push(first.to_vec1()?);
        model(x)
    };
    let mut callback = |epoch: &Epoch| {
        reported.push(epoch.clone());
        when.push(asked.borrow().iter().filter(|batch| learns(batch)).count());
    };
    let epochs = ask(&watched, vec![w.clone()], training, validation, settings, seed, &mut callback);
    let epochs = epochs.accepted("train(…)")?;
    Ok(Run { epochs, reported, w: numbers("the weights", &w)?, asked: asked.into_inner(), when })
}

/// `train` with a model of one's own.
pub fn ask(
    model: &Model,
    variables: Vec<Var>,
    training: (&[[f64; 2]], &[usize]),
    validation: (&[[f64; 2]], &[usize]),
    settings: &Settings,
    seed: u64,
    callback: &mut dyn FnMut(&Epoch),
) -> Result<Vec<Epoch>, InputError> {
    let (x, v, mut generator) = (images(training.0), images(validation.0), Generator::from_seed(seed));
    let (training, validation) = ((&x, training.1), (&v, validation.1));
    train(model, variables, training, validation, settings, &mut generator, callback)
}

/// A variable at 0.
pub fn zeros(shape: &[usize]) -> Result<Var, Broken> {
    Var::zeros(shape, DType::F64, &Device::Cpu).accepted("a variable")
}

pub fn settings(epochs: usize, batch_size: usize, max_learning_rate: f64) -> Settings {
    Settings { epochs, batch_size, max_learning_rate }
}

/// Where Adam takes the weights of a linear classifier from 0, one step for each rate, each for the same image of class 0 of
/// two: Kingma and Ba, algorithm 1, with β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.
pub fn adam(x: [f64; 2], rates: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut w, mut m, mut v) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    for (t, rate) in (1..).zip(rates) {
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

/// Which of the images 1, 2, 3 came first, second and third in so many epochs, each with a seed of its own. That one does
/// not come to some place in sixty happens once in 10⁹ times.
pub fn places_of_three(epochs: u64) -> Result<[Vec<i64>; 3], Broken> {
    let mut seen = [const { Vec::new() }; 3];
    for seed in 0..epochs {
        let ran =
            run((&numbered(3, 1), &[0; 3]), (&numbered(1, VALIDATION), &[0]), &settings(1, 3, 0.01), seed)?;
        for (place, image) in seen.iter_mut().zip(ran.asked.first().into_iter().flatten()) {
            place.push(*image as i64);
        }
    }
    for place in &mut seen {
        place.sort_unstable();
        place.dedup();
    }
    Ok(seen)
}
