//! Running statistics for the laws of this file.

use judge::any;
use judge::any::select;
use judge::{Verdict, rejected, rejected_for};
use katas::x3_regularization::batch_norm::RunningStatistics;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{Fault, Given, counting_but, growing_but, wrong_matrix, wrong_vector};
use super::super::rejection::{ALL_NUMBERS, reasons};

/// Statistics of so many features, from a seed: of the size of the activations, and of other sizes.
pub fn running(features: usize, seed: u64) -> RunningStatistics {
    let mut generator = Generator::from_seed(seed);
    // Before the first batch the mean is 0 and the variance 1; that of a constant feature is 0.
    if let kind @ 0..=1 = generator.below(8) {
        return RunningStatistics { mean: vec![0.0; features], variance: vec![kind as f64; features] };
    }
    let scale = [1.0, 1.0, 1e-7, 1e5, 1e30, 1e-30][generator.below(6)];
    let mut number = || (generator.below(129) as f64 - 64.0) / 8.0 + generator.below(999) as f64 * 1e-10;
    let mean = (0..features).map(|_| number() * scale).collect();
    let variance = (0..features).map(|_| (number() * scale).abs()).collect();
    RunningStatistics { mean, variance }
}

/// The mean counts from 0.5 on, and the variance too.
pub fn growing(features: usize) -> RunningStatistics {
    let growing = growing_but(features, features, 0.0);
    RunningStatistics { mean: growing.clone(), variance: growing }
}

/// A forward pass with running statistics: x, γ, β, the statistics. What it returns is nothing to a rejection.
pub type Forward<'a> = &'a dyn Fn(&Matrix, &[f64], &[f64], &RunningStatistics) -> Result<(), InputError>;

/// d features, and e numbers for one of γ, β, running mean and running variance.
pub fn rejects_other_numbers(call: &str, rows: usize, [d, e]: [usize; 2], forward: Forward<'_>) -> Verdict {
    let x = counting_but([rows, d], [0, 0], 0.0);
    (0..4).try_for_each(|place| {
        let [gamma, beta, mean, variance] = [0, 1, 2, 3].map(|k| vec![1.0; if k == place { e } else { d }]);
        let got = forward(&x, &gamma, &beta, &RunningStatistics { mean, variance });
        let look = "γ, β, running mean and running variance have one number per feature.";
        rejected(call, got, InputError::LengthMismatch { left: d, right: e }, look)
    })
}

/// A number that is not finite, and one that is too large, in each of the arguments.
pub fn rejects_invalid(
    call: &str,
    &(shape, [i, j], bad): &Fault,
    large: f64,
    forward: Forward<'_>,
) -> Verdict {
    let d = shape[1];
    for got in [bad, large] {
        let want = |name, index| reasons(name, index, got, "at most 10⁶⁰ in size");
        let (fine, wrong) = (counting_but(shape, [i, j], 0.0), wrong_matrix(shape, [i, j], got));
        let answer = forward(&wrong, &growing_but(d, d, 0.0), &growing_but(d, d, 0.0), &growing(d));
        rejected_for(call, answer, &want("x", i * d + j), ALL_NUMBERS)?;
        // A variance that is too low is out of range, whichever limit is meant.
        for (place, name) in ["gamma", "beta", "mean", "variance"].into_iter().enumerate() {
            let of = |k| if k == place { wrong_vector(d, j, got) } else { growing_but(d, d, 0.0) };
            let [gamma, beta, mean, variance] = [0, 1, 2, 3].map(of);
            let answer = forward(&fine, &gamma, &beta, &RunningStatistics { mean, variance });
            rejected_for(call, answer, &want(name, j), ALL_NUMBERS)?;
        }
    }
    Ok(())
}

/// A layer with statistics.
#[derive(Debug, Clone)]
pub struct Trained {
    pub given: Given,
    pub running: RunningStatistics,
}

impl judge::Inputs for Trained {}

/// A layer with statistics.
pub fn with_running(
    given: impl Strategy<Value = Given> + Send + Sync + Clone,
) -> impl Strategy<Value = Trained> + Send + Sync + Clone {
    (given, any::seed()).prop_map(|(given, seed)| {
        let running = running(given.x.cols(), seed);
        Trained { given, running }
    })
}

/// α, from 0 to 1.
pub fn momentum() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![0.1, 0.5, 0.0, 1.0, 0.01, 1e-9, 0.3, 0.9])
}
