//! A dominant eigenpair, asked for and looked at.

use judge::{Answer, Broken, close, ensure, rounding};
use katas::m01_linear_algebra::eigen::power_iteration;
use kit::{Generator, InputError, Matrix};

use super::residual;

pub const TOLERANCE: f64 = 1e-9;

/// Enough for a start that has only 10⁻¹⁰ of the dominant direction, where the next eigenvalue is half as large:
/// 33 steps bring it up, 31 bring the residual down. A random start is that unlucky with a chance below 1e-9.
pub const STEPS: usize = 1000;

pub type Pair = (f64, Vec<f64>);

pub fn ask(a: &Matrix, seed: u64) -> Result<Pair, InputError> {
    power_iteration(a, TOLERANCE, STEPS, &mut Generator::from_seed(seed))
}

pub fn asked(a: &Matrix, seed: u64) -> Result<Pair, Broken> {
    let (value, vector) = ask(a, seed).accepted("power_iteration(A)")?;
    let n = a.rows();
    let got = format!("power_iteration(A) = ({value}, {vector:?})");
    ensure(vector.len() == n, || {
        Broken::answer(got, format!("{n} entries in v"), "A is n×n, and so v has n.")
    })?;
    Ok((value, vector))
}

pub fn is_pair(a: &Matrix, value: f64, v: &[f64], look: &str) -> Result<(), Broken> {
    let size: f64 = a.as_slice().iter().map(|x| x * x).sum::<f64>().sqrt();
    let tolerance = TOLERANCE * value.abs() + rounding(4 * a.rows(), size);
    close(&format!("‖Av − λv‖ for λ = {value}, v = {v:?}"), residual(a, value, v), 0.0, tolerance, look)
}
