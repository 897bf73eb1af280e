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

/// Up to twelve epochs; equal losses are frequent. Losses may be above 1, and differ by next to nothing.
pub fn course() -> impl Strategy<Value = Course> + Send + Sync + Clone {
    let eighth = || (0..=8_i32).prop_map(|k| f64::from(k) / 8.0);
    let epochs = prop::collection::vec([eighth(), eighth(), eighth(), eighth()], 1..=12);
    (epochs, prop::sample::select(vec![1.0, 1.0, 4.0, 1.0 / 1_048_576.0])).prop_map(|(mut epochs, unit)| {
        epochs.iter_mut().for_each(|[training, validation, ..]| {
            *training *= unit;
            *validation *= unit;
        });
        Course(epochs)
    })
}

/// A course with one or two numbers that are not finite, and what is told of it: the first measure, in the order of the
/// names, that holds one, and the first epoch in which it does.
pub fn spoiled() -> impl Strategy<Value = (Course, usize, usize)> + Send + Sync + Clone {
    let place = || (0..4_usize, 0..12_usize);
    (course(), prop::collection::vec(place(), 1..=2), judge::any::not_finite()).prop_map(
        |(mut course, places, bad)| {
            let n = course.0.len();
            let places: Vec<(usize, usize)> = places.into_iter().map(|(which, i)| (which, i % n)).collect();
            places.iter().for_each(|(which, i)| course.0[*i][*which] = bad);
            let (which, index) = places.iter().min().copied().unwrap_or((0, 0));
            (course, which, index)
        },
    )
}
