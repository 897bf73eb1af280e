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

/// diag(d, c·d), with a limited number of steps.
fn diagonal(d: f64, c: f64, (tolerance, max_steps): (f64, usize), seed: u64) -> Result<Pair, InputError> {
    let a = Matrix::from_rows([[d, 0.0], [0.0, d * c]]);
    power_iteration(&a, tolerance, max_steps, &mut Generator::from_seed(seed))
}

/// In each step the second component falls by a factor of 1 − 2⁻¹⁰: few steps change next to nothing.
pub fn reports_a_small_gap(d: f64, max_steps: usize, seed: u64) -> Result<(), Broken> {
    let got = diagonal(d, 1.0 - 1.0 / 1024.0, (1e-13, max_steps), seed);
    let right = match got {
        Err(InputError::NotConverged { steps, residual }) => {
            // It is largest halfway between both directions: half of the distance of the eigenvalues.
            steps == max_steps && residual > 1e-13 * d.abs() && residual <= d.abs() / 2048.0 * (1.0 + 1e-9)
        }
        _ => false,
    };
    ensure(right, || {
        let want = format!("Err(NotConverged {{ steps: {max_steps}, residual: … }})");
        Broken::answer(
            format!("power_iteration(diag(d, d·(1 − 2⁻¹⁰)), 1e-13, {max_steps}) = {got:?}"),
            want,
            "The maximum number of steps ends the iteration, and ‖Av − λv‖ is the residual to report, at \
             most |d|/2048 here: half of the distance of the two eigenvalues.",
        )
    })
}

/// In each step the second component falls by half. But for a chance of 1e-9 a start has more than 10⁻⁹ of either
/// direction: the residual is far above the tolerance after 8 steps, and below |d|/100 after 36.
pub fn reports_a_half(d: f64, max_steps: usize, seed: u64) -> Result<(), Broken> {
    let got = diagonal(d, 0.5, (1e-14, max_steps), seed);
    let right = match &got {
        Err(InputError::NotConverged { steps, residual }) => {
            let most = if max_steps < 36 { 0.25 * (1.0 + 1e-9) } else { 0.01 };
            *steps == max_steps && *residual > 0.5e-14 * d.abs() && *residual <= most * d.abs()
        }
        Err(_) => false,
        Ok((value, _)) => max_steps >= 36 && (value - d).abs() <= 1e-9 * d.abs(),
    };
    ensure(right, || {
        let want = format!("Err(NotConverged {{ steps: {max_steps}, residual: … }})");
        Broken::answer(
            format!("power_iteration(diag(d, d/2), 1e-14, {max_steps}) = {got:?}"),
            want,
            "The residual halves with each update of v: after 8 it is not yet 10⁻¹⁴·|λ|, after 36 below \
             |d|/100. There are max_steps updates and no more, and the last residual is reported.",
        )
    })
}

/// A matrix of rank 1 takes one update of v: none is too few.
pub fn solves_rank_one(d: f64, max_steps: usize, seed: u64) -> Result<(), Broken> {
    let got = diagonal(d, 0.0, (TOLERANCE, max_steps), seed);
    let right = match &got {
        Err(InputError::NotConverged { steps, .. }) => max_steps == 0 && *steps == 0,
        Err(_) => false,
        Ok((value, _)) => max_steps == 1 && (value - d).abs() <= 1e-9 * d.abs(),
    };
    ensure(right, || {
        let want = if max_steps == 0 { "Err(NotConverged { steps: 0, … })" } else { "Ok((d, …))" };
        let look = "One update of v gives the eigenvector of this matrix exactly. Is the residual \
                    computed after the last update, and before the first?";
        Broken::answer(format!("power_iteration(diag(d, 0), 1e-9, {max_steps}) = {got:?}"), want, look)
    })
}
