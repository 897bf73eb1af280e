//! A linear classifier of 1×1×2 images in plain numbers, and recorded training runs.

use std::cell::RefCell;

use candle_core::{DType, Device, Tensor, Var};
use judge::{Answer, Broken};
use katas::m09_convolution::evaluation::Model;
use katas::m09_convolution::training::{Epoch, Settings, train};
use kit::{Generator, InputError, Matrix};

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

/// A training of a linear classifier of images with any number of pixels.
pub struct Trained {
    pub epochs: Vec<Epoch>,
    /// The weights afterwards, row after row.
    pub w: Vec<f64>,
    /// The images of each batch learned from, by their number from 0.
    pub batches: Vec<Vec<usize>>,
}

/// Images of d pixels whose first pixel is (number + 1)/512, and validation images whose first pixel is above 1.
pub fn train_any(
    (x, labels): (&Matrix, &[usize]),
    (v, targets): (&Matrix, &[usize]),
    w: &Matrix,
    settings: &Settings,
    seed: u64,
) -> Result<Trained, Broken> {
    let as_images = |m: &Matrix| Tensor::from_slice(m.as_slice(), (m.rows(), 1, 1, m.cols()), &Device::Cpu);
    let (x, v) = (as_images(x).accepted("images")?, as_images(v).accepted("images")?);
    let start = Tensor::from_slice(w.as_slice(), w.shape(), &Device::Cpu).accepted("weights")?;
    let var = Var::from_tensor(&start).accepted("a variable")?;
    let (asked, model) = (RefCell::new(Vec::<Vec<f64>>::new()), linear(&var));
    let watched = |x: &Tensor| {
        asked.borrow_mut().push(x.flatten_from(1)?.narrow(1, 0, 1)?.flatten_all()?.to_vec1()?);
        model(x)
    };
    let mut generator = Generator::from_seed(seed);
    let (training, validation) = ((&x, labels), (&v, targets));
    let epochs =
        train(&watched, vec![var.clone()], training, validation, settings, &mut generator, &mut |_| {})
            .accepted("train(…)")?;
    let number = |first: &f64| (*first * 512.0).round().max(1.0) as usize - 1;
    let learned = asked.into_inner().into_iter().filter(|batch| batch.iter().all(|first| *first < 1.0));
    let batches = learned.map(|batch| batch.iter().map(number).collect()).collect();
    Ok(Trained { epochs, w: numbers("the weights", &var)?, batches })
}

/// softmax of the logits of one image, and −ln of the probability of its label.
pub fn softmax(x: &[f64], w: &Matrix, label: usize) -> (Vec<f64>, f64) {
    let z: Vec<f64> = (0..w.cols()).map(|c| x.iter().enumerate().map(|(j, x)| x * w[(j, c)]).sum()).collect();
    let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - most).exp()).collect();
    let sum: f64 = powers.iter().sum();
    (powers.iter().map(|power| power / sum).collect(), sum.ln() - (z[label] - most))
}

/// The class of the largest probability.
pub fn predicted(p: &[f64]) -> usize {
    (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0)
}

/// Adam on these batches by its definition, with the rates of a cosine: the weights after each epoch, and the training loss
/// and accuracy of each.
pub fn adam_on(
    (x, labels): (&Matrix, &[usize]),
    mut w: Matrix,
    epochs: &[Vec<Vec<usize>>],
    most: f64,
) -> Vec<(Matrix, f64, f64)> {
    let (d, k) = w.shape();
    let steps: usize = epochs.iter().map(Vec::len).sum();
    let (mut m, mut v, mut t, mut all) = (Matrix::zeros(d, k), Matrix::zeros(d, k), 0, Vec::new());
    for batches in epochs {
        let (mut loss, mut right) = (0.0, 0.0);
        for batch in batches {
            let rate = most * (1.0 + (std::f64::consts::PI * f64::from(t) / steps as f64).cos()) / 2.0;
            t += 1;
            let mut gradient = Matrix::zeros(d, k);
            for &i in batch {
                let (p, surprise) = softmax(x.row(i), &w, labels[i]);
                (loss, right) = (loss + surprise, right + f64::from(predicted(&p) == labels[i]));
                for (c, p) in p.iter().enumerate() {
                    let wrong = (p - f64::from(c == labels[i])) / batch.len() as f64;
                    (0..d).for_each(|j| gradient[(j, c)] += wrong * x[(i, j)]);
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
        let n = labels.len() as f64;
        all.push((w.clone(), loss / n, right / n));
    }
    all
}
