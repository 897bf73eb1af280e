//! Models to ask, and what they should say.

use std::f64::consts::TAU;

use judge::any;
use katas::m05_classifiers::bayes::GaussianNb;
use kit::Matrix;
use proptest::prelude::*;

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

pub fn model(priors: &[f64], means: &Matrix, variances: &Matrix) -> GaussianNb {
    let classes = [3, 5, 8][..priors.len()].to_vec();
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
