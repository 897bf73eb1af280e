//! Models to ask, and what they should say.

use std::f64::consts::TAU;

use judge::any;
use katas::m05_classifiers::bayes::GaussianNb;
use kit::{Generator, Matrix};
use proptest::prelude::*;

use super::super::sizes::{many, several};

/// A model and samples.
pub type Asked = (Vec<f64>, Matrix, Matrix, Matrix);

pub fn asked() -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    (1..=3_usize, 1..=3_usize).prop_flat_map(|(k, d)| {
        let priors = judge::any::vec(1..=8_u32, k).prop_map(|weights| {
            let all: u32 = weights.iter().sum();
            weights.iter().map(|&weight| f64::from(weight) / f64::from(all)).collect()
        });
        let positive = any::matrix(k, d)
            .prop_map(|x| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)].abs() + 0.125));
        (priors, any::matrix(k, d), positive, any::matrix(3, d))
    })
}

/// Models with any number of classes and features, and any number of samples.
pub fn asked_of_any_size() -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    (several(1..=3), several(1..=3), many(1..=3), any::seed()).prop_map(|(k, d, m, seed)| {
        let m = m.min(1 + 200_000 / (k * d));
        let mut generator = Generator::from_seed(seed);
        let mut eighths = |rows, cols| {
            let mut x = Matrix::zeros(rows, cols);
            (0..rows * cols)
                .for_each(|at| x[(at / cols, at % cols)] = (generator.below(129) as f64 - 64.0) / 8.0);
            x
        };
        let (weights, means, spread) = (eighths(k, 1), eighths(k, d), eighths(k, d));
        let mut x = eighths(m, d);
        // Some samples lie near a mean, in the last classes too.
        for i in 0..m {
            for j in 0..d {
                if i % 2 == 0 {
                    x[(i, j)] = x[(i, j)] / 64.0 + means[((7 * i + k - 1) % k, j)];
                }
            }
        }
        let all: f64 = weights.as_slice().iter().map(|weight| weight.abs() + 0.125).sum();
        let priors = weights.as_slice().iter().map(|weight| (weight.abs() + 0.125) / all).collect();
        (priors, means, Matrix::from_fn(k, d, |c, j| spread[(c, j)].abs() + 0.125), x)
    })
}

pub fn model(priors: &[f64], means: &Matrix, variances: &Matrix) -> GaussianNb {
    // From the fourth on labels that fit neither into 32 bits nor, as the last one, into an f64.
    let k = priors.len();
    let label = |c: usize| match c {
        0..3 => [3, 5, 8][c],
        c if c + 1 == k => usize::MAX - 2,
        c => (c << 40) + 1,
    };
    let classes = (0..k).map(label).collect();
    GaussianNb { classes, priors: priors.to_vec(), means: means.clone(), variances: variances.clone() }
}

/// The logarithm of prior times density.
pub fn score(model: &GaussianNb, c: usize, row: &[f64]) -> f64 {
    let density = |j: usize| {
        let (m, v) = (model.means[(c, j)], model.variances[(c, j)]);
        -(row[j] - m).powi(2) / (2.0 * v) - (TAU * v).ln() / 2.0
    };
    model.priors[c].ln() + (0..row.len()).map(density).sum::<f64>()
}
