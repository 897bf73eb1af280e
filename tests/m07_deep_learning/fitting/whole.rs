//! Trainings from beginning to end.

use candle_core::{Device, Tensor};
use judge::{Answer, Broken, Verdict, ensure};
use katas::m07_deep_learning::fitting::{Epoch, Settings, fit};
use kit::{Generator, Matrix};

use super::super::digits::{Labeled, TwoLayers};
use super::runs::{run, settings};

fn fitted(
    network: &TwoLayers,
    training: (&Tensor, &[usize]),
    validation: (&Tensor, &[usize]),
    settings: &Settings,
    seed: u64,
) -> Result<Vec<Epoch>, Broken> {
    let (model, variables) = (|x: &Tensor| network.forward(x), network.variables.clone());
    let mut generator = Generator::from_seed(seed);
    fit(&model, variables, training, validation, settings, &mut generator, &mut |_| {}).accepted("fit(…)")
}

/// The loss on eight samples after 150 epochs on them: XOR of the signs, twice over. It is not linearly separable, and a
/// hidden layer separates it.
pub fn memorized_loss(seed: u64) -> Result<f64, Broken> {
    let corner = |i: usize| [if i & 1 == 0 { 1.0_f32 } else { -1.0 }, if i & 2 == 0 { 1.0 } else { -1.0 }];
    let rows: Vec<f32> = (0..8).flat_map(|i| corner(i).map(|x| x * if i < 4 { 1.0 } else { 0.5 })).collect();
    let x = Tensor::from_vec(rows, (8, 2), &Device::Cpu).accepted("a tensor")?;
    let labels: Vec<usize> = (0..8).map(|i| (i & 1) ^ (i >> 1 & 1)).collect();
    let (network, both) = (TwoLayers::new(2, 16, 2, seed)?, (&x, &labels[..]));
    let epochs = fitted(&network, both, both, &settings(150, 4, 0.05), seed)?;
    Ok(epochs.last().map_or(f64::INFINITY, |epoch| epoch.validation.loss))
}

/// The accuracy on so many new samples after learning labels that were drawn at random from five.
pub fn accuracy_by_chance(new: usize) -> Result<f64, Broken> {
    let mut generator = Generator::from_seed(11);
    let mut draw = |n: usize| {
        let mut x = Matrix::zeros(n, 2);
        (0..2 * n).for_each(|k| x[(k / 2, k % 2)] = generator.uniform_in(-1.0, 1.0));
        let labels: Vec<usize> = (0..n).map(|_| generator.below(5)).collect();
        (x, labels)
    };
    let ((x, labels), (v, truth)) = (draw(60), draw(new));
    let ran = run(&Matrix::zeros(2, 5), (&x, &labels), (&v, &truth), &settings(4, 10, 0.1), 1)?;
    Ok(ran.epochs[3].validation.accuracy)
}

/// Trains 128 hidden units, and wants this accuracy on the validation set.
pub fn reaches(wanted: f64, [training, validation]: &[Labeled; 2], settings: &Settings) -> Verdict {
    let network = TwoLayers::new(training.x.dim(1).accepted("a width")?, 128, 10, 1)?;
    let epochs = fitted(&network, training.samples(), validation.samples(), settings, 1)?;
    let last = epochs.last().map_or(0.0, |epoch| epoch.validation.accuracy);
    ensure(last >= wanted, || {
        let look = "If the other laws of this kata hold, look at the learning curves: does the training loss \
            decrease, and where is the minimum of the validation loss?";
        Broken::answer(format!("an accuracy of {last:.4}"), format!("at least {wanted}"), look)
    })
}
