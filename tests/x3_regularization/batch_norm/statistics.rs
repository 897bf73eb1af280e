//! Running statistics for the laws of this file.

use judge::any;
use judge::any::select;
use katas::x3_regularization::batch_norm::RunningStatistics;
use kit::Generator;
use proptest::prelude::*;

use super::super::draw::{Given, growing_but};

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
