//! Contests of milestone 1.

mod eigen;
mod matrices;
mod ndarray_ops;
mod transforms;
mod vectors;

use kit::{Generator, Matrix};

use crate::contest::Run;

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    let files = [
        vectors::contests(),
        matrices::contests(),
        ndarray_ops::contests(),
        transforms::contests(),
        eigen::contests(),
    ];
    files.into_iter().flatten().collect()
}

fn vector(generator: &mut Generator, n: usize) -> Vec<f64> {
    (0..n).map(|_| generator.uniform_in(-1.0, 1.0)).collect()
}

fn square(generator: &mut Generator, n: usize) -> Matrix {
    let entries = vector(generator, n * n);
    Matrix::from_fn(n, n, |i, j| entries[i * n + j])
}
