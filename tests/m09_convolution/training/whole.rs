//! Training runs from beginning to end.

use candle_core::Tensor;
use judge::{Answer, Broken, Verdict, ensure};
use katas::m09_convolution::training::{Settings, train};
use kit::Generator;

use super::super::images::{Labeled, TwoBlocks};
use super::runs::{run, settings};

/// The accuracy on so many new images after learning labels that were drawn at random from two.
pub fn accuracy_by_chance(new: usize) -> Result<f64, Broken> {
    let mut generator = Generator::from_seed(5);
    let mut draw = |n: usize| -> (Vec<[f64; 2]>, Vec<usize>) {
        let mut pixel = || generator.uniform_in(-1.0, 1.0);
        let x = (0..n).map(|_| [pixel(), pixel()]).collect();
        (x, (0..n).map(|_| generator.below(2)).collect())
    };
    let ((x, labels), (v, targets)) = (draw(40), draw(new));
    let ran = run((&x, &labels), (&v, &targets), &settings(4, 10, 0.1), 1)?;
    Ok(ran.epochs[3].validation.accuracy)
}

/// Trains two blocks of these channels, and wants this accuracy on images not learned from.
pub fn reaches(
    wanted: f64,
    [training, validation]: [Labeled; 2],
    channels: [usize; 2],
    settings: &Settings,
    seed: u64,
) -> Verdict {
    let network = TwoBlocks::new(training.x.dim(2).accepted("a side")?, channels, seed)?;
    let (model, mut generator) = (|x: &Tensor| network.forward(x), Generator::from_seed(seed));
    let (learned, judged) = (training.samples(), validation.samples());
    let all = network.variables.clone();
    let epochs =
        train(&model, all, learned, judged, settings, &mut generator, &mut |_| {}).accepted("train(…)")?;
    let last = epochs.last().map_or(0.0, |epoch| epoch.validation.accuracy);
    ensure(last >= wanted, || {
        let look = "If the other laws of this kata hold, look at the learning curves: does the training loss \
            fall, and where does the validation loss rise?";
        Broken::answer(format!("an accuracy of {last:.4}"), format!("at least {wanted}"), look)
    })
}
