//! Contests of milestone 1.

mod vectors;

use kit::Generator;

use crate::contest::Run;

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vectors::contests()
}

fn vector(generator: &mut Generator, n: usize) -> Vec<f64> {
    (0..n).map(|_| generator.uniform_in(-1.0, 1.0)).collect()
}
