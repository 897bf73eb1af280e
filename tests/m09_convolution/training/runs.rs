//! A linear classifier of 1×1×2 images in plain numbers, and trainings to look at.

use std::cell::RefCell;

use candle_core::{Device, Tensor, Var};
use judge::{Answer, Broken, Verdict, ensure};
use katas::m09_convolution::training::{Epoch, Settings, train};
use kit::{Generator, InputError};

use super::super::images::{Labelled, TwoBlocks};

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
    let w = Var::zeros((2, 2), candle_core::DType::F64, &Device::Cpu).accepted("a variable")?;
    let (asked, mut told, model) = (RefCell::new(Vec::new()), Vec::new(), linear(&w));
    let watched = |x: &Tensor| {
        let first = x.flatten_from(1)?.narrow(1, 0, 1)?.flatten_all()?;
        asked.borrow_mut().push(first.to_vec1()?);
        model(x)
    };
    let (x, v) = (images(training.0), images(validation.0));
    let epochs = train(
        &watched,
        vec![w.clone()],
        (&x, training.1),
        (&v, validation.1),
        settings,
        &mut Generator::from_seed(seed),
        &mut |epoch| told.push(epoch.clone()),
    );
    let epochs = epochs.accepted("train(…)")?;
    let w = w.flatten_all().and_then(|w| w.to_vec1()).accepted("the weights")?;
    Ok(Run { epochs, told, w, asked: asked.into_inner() })
}

pub fn settings(epochs: usize, batch_size: usize, peak: f64) -> Settings {
    Settings { epochs, batch_size, peak }
}

/// Trains two blocks of these channels, and wants this accuracy on images not learnt from.
pub fn reaches(
    wanted: f64,
    [training, validation]: [Labelled; 2],
    channels: [usize; 2],
    settings: &Settings,
    seed: u64,
) -> Verdict {
    let network = TwoBlocks::new(training.x.dim(2).accepted("a side")?, channels, seed)?;
    let (model, mut generator) = (|x: &Tensor| network.forward(x), Generator::from_seed(seed));
    let (learnt, judged) = (training.samples(), validation.samples());
    let all = network.variables.clone();
    let epochs =
        train(&model, all, learnt, judged, settings, &mut generator, &mut |_| {}).accepted("train(…)")?;
    let last = epochs.last().map_or(0.0, |epoch| epoch.validation.accuracy);
    ensure(last >= wanted, || {
        let look = "The small laws of this kata hold? Then look at the curves: does the training loss fall, and where does the validation loss turn?";
        Broken::answer(format!("an accuracy of {last:.4}"), format!("at least {wanted}"), look)
    })
}
