//! A linear classifier of 1×1×2 images in plain numbers, and trainings to look at.

use std::cell::RefCell;

use candle_core::{DType, Device, Tensor, Var};
use judge::{Answer, Broken};
use katas::m09_convolution::evaluation::Model;
use katas::m09_convolution::training::{Epoch, Settings, train};
use kit::{Generator, InputError};

use super::super::arrays::numbers;

/// What a training left behind.
pub struct Run {
    pub epochs: Vec<Epoch>,
    pub told: Vec<Epoch>,
    /// The weights afterwards, row after row.
    pub w: Vec<f64>,
    /// The first pixels of what the model was asked for, call after call.
    pub asked: Vec<Vec<f64>>,
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
    let (asked, mut told, model) = (RefCell::new(Vec::new()), Vec::new(), linear(&w));
    let watched = |x: &Tensor| {
        let first = x.flatten_from(1)?.narrow(1, 0, 1)?.flatten_all()?;
        asked.borrow_mut().push(first.to_vec1()?);
        model(x)
    };
    let epochs = ask(&watched, vec![w.clone()], training, validation, settings, seed, &mut told);
    let epochs = epochs.accepted("train(…)")?;
    Ok(Run { epochs, told, w: numbers("the weights", &w)?, asked: asked.into_inner() })
}

/// `train` with a model of one's own.
pub fn ask(
    model: &Model,
    variables: Vec<Var>,
    training: (&[[f64; 2]], &[usize]),
    validation: (&[[f64; 2]], &[usize]),
    settings: &Settings,
    seed: u64,
    told: &mut Vec<Epoch>,
) -> Result<Vec<Epoch>, InputError> {
    let (x, v, mut generator) = (images(training.0), images(validation.0), Generator::from_seed(seed));
    let (training, validation) = ((&x, training.1), (&v, validation.1));
    train(model, variables, training, validation, settings, &mut generator, &mut |epoch| {
        told.push(epoch.clone());
    })
}

/// A variable at 0.
pub fn zeros(shape: &[usize]) -> Result<Var, Broken> {
    Var::zeros(shape, DType::F64, &Device::Cpu).accepted("a variable")
}

pub fn settings(epochs: usize, batch_size: usize, peak: f64) -> Settings {
    Settings { epochs, batch_size, peak }
}

/// Which of the images 1, 2, 3 came first, second and third in so many epochs, each with a seed of its own. That one does
/// not come to some place in sixty happens once in 10⁹ times.
pub fn places_of_three(epochs: u64) -> Result<[Vec<i64>; 3], Broken> {
    let mut seen = [const { Vec::new() }; 3];
    for seed in 0..epochs {
        let ran = run((&numbered(3, 1), &[0; 3]), (&numbered(1, 100), &[0]), &settings(1, 3, 0.01), seed)?;
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
