//! Courses of trainings: made up, and in eighths.

use judge::Inputs;
use katas::m07_deep_learning::fitting::Epoch;
use katas::m07_deep_learning::training::Score;
use proptest::prelude::*;

/// Training loss, validation loss, training accuracy, validation accuracy of each epoch.
#[derive(Debug, Clone)]
pub struct Course(pub Vec<[f64; 4]>);

impl Inputs for Course {}

impl Course {
    pub fn epochs(&self) -> Vec<Epoch> {
        let epoch = |&[loss, validation, accuracy, validated]: &[f64; 4]| Epoch {
            training: Score { loss, accuracy },
            validation: Score { loss: validation, accuracy: validated },
        };
        self.0.iter().map(epoch).collect()
    }

    /// One of the four measures.
    pub fn measure(&self, which: usize) -> Vec<f64> {
        self.0.iter().map(|epoch| epoch[which]).collect()
    }

    /// The first epoch, from 1, with the smallest validation loss.
    pub fn best(&self) -> usize {
        let losses = self.measure(1);
        let smallest = losses.iter().copied().fold(f64::INFINITY, f64::min);
        losses.iter().position(|loss| *loss == smallest).map_or(0, |i| i + 1)
    }
}

pub const NAMES: [&str; 4] = ["training loss", "validation loss", "training accuracy", "validation accuracy"];

/// Up to six epochs; equal losses are frequent.
pub fn course() -> impl Strategy<Value = Course> + Send + Sync + Clone {
    let eighth = || (0..=8_i32).prop_map(|k| f64::from(k) / 8.0);
    prop::collection::vec([eighth(), eighth(), eighth(), eighth()], 1..=6).prop_map(Course)
}
