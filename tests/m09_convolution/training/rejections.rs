//! Training runs that fail.

use std::cell::Cell;

use candle_core::{DType, Device, Tensor, Var};
use katas::m09_convolution::training::{Epoch, Settings};
use kit::InputError;

use super::runs::{VALIDATION, ask, linear, numbered, settings};

/// Calls `train` for two classes, weights at 0.
pub fn plain(
    training: (&[[f64; 2]], &[usize]),
    validation: (&[[f64; 2]], &[usize]),
    settings: &Settings,
    seed: u64,
) -> Result<Vec<Epoch>, InputError> {
    let w = Var::zeros((2, 2), DType::F64, &Device::Cpu)?;
    ask(&linear(&w), vec![w.clone()], training, validation, settings, seed, &mut |_| {})
}

/// The same with two images to learn from and to judge by, whatever their labels.
pub fn two(settings: &Settings, labels: &[usize], targets: &[usize]) -> Result<Vec<Epoch>, InputError> {
    let x = numbered(2, 1);
    plain((&x, labels), (&x, targets), settings, 1)
}

/// So many images in mini-batches of this size; the loss is this one after so many good batches.
pub fn diverges(w: &Var, (n, size): (usize, usize), good: usize, bad: f64) -> Result<Vec<Epoch>, InputError> {
    let (x, v, batches, model) = (numbered(n, 1), numbered(2, VALIDATION), Cell::new(0), linear(w));
    let broken = |x: &Tensor| {
        // The validation images may come in any number of batches.
        let learns = x.max_all()?.to_scalar::<f64>()? < VALIDATION as f64;
        batches.set(batches.get() + usize::from(learns));
        let z = model(x)?;
        Ok(match (learns && batches.get() > good, bad.is_nan()) {
            (false, _) => z,
            (true, true) => (z * f64::NAN)?,
            // So far apart that the loss of class 0 is infinite.
            (true, false) => z.broadcast_add(&Tensor::new(&[-1e308, 1e308], z.device())?)?,
        })
    };
    let labels = vec![0; n];
    let (training, validation) = ((&x[..], &labels[..]), (&v[..], &[0, 0][..]));
    ask(&broken, vec![w.clone()], training, validation, &settings(6, size, 0.01), 1, &mut |_| {})
}
