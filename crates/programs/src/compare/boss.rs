//! Contests of the boss: principal components, against the library's eigenvectors. A size is a number of features; the
//! digits have 64.

use katas::boss as yours;
use katas::reference::boss as reference;
use katas::tuned::boss as tuned;
use kit::{Generator, InputError, Matrix};
use nalgebra::DMatrix;

use crate::contest::{Contest, Run};

const SIZES: &[usize] = &[4, 16, 64];

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        Contest::new("boss/pca/covariance", SIZES, samples)
            .between(yours::pca::covariance, reference::pca::covariance)
            .tuned(tuned::pca::covariance)
            .boxed(),
        Contest::new("boss/pca/principal_components", SIZES, covariance)
            .between(
                |c| variances(yours::pca::principal_components(c, c.cols())),
                |c| variances(reference::pca::principal_components(c, c.cols())),
            )
            .tuned(|c| variances(tuned::pca::principal_components(c, c.cols())))
            .library(
                "nalgebra",
                |c| DMatrix::from_row_slice(c.rows(), c.cols(), c.as_slice()),
                |c| {
                    let mut variances = c.clone().symmetric_eigen().eigenvalues.as_slice().to_vec();
                    variances.sort_by(|a, b| b.total_cmp(a));
                    variances
                },
            )
            .boxed(),
    ]
}

/// Four times as many samples as features.
fn samples(generator: &mut Generator, d: usize) -> Matrix {
    let x: Vec<f64> = (0..4 * d * d).map(|_| generator.uniform_in(-1.0, 1.0)).collect();
    Matrix::from_fn(4 * d, d, |i, j| x[i * d + j])
}

fn covariance(generator: &mut Generator, d: usize) -> Matrix {
    let (x, n) = (samples(generator, d), 4 * d);
    let product = |j: usize, k: usize| (0..n).map(|i| x[(i, j)] * x[(i, k)]).sum::<f64>() / n as f64;
    Matrix::from_fn(d, d, |j, k| product(j.min(k), j.max(k)))
}

/// The components themselves may differ in sign, or in their plane where variances are equal: the laws look at those.
fn variances(found: Result<(Vec<f64>, Matrix), InputError>) -> Result<Vec<f64>, InputError> {
    found.map(|(variances, _)| variances)
}
