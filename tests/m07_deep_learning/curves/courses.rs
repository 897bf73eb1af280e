//! Learning curves: synthetic, and in eighths.

use judge::Inputs;
use katas::m07_deep_learning::fitting::Epoch;
use katas::m07_deep_learning::training::Score;
use proptest::prelude::*;

use judge::any::sizes;

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
    let epochs = judge::any::vec([eighth(), eighth(), eighth(), eighth()], 1..=12);
    (epochs, judge::any::select(vec![1.0, 1.0, 4.0, 1.0 / 1_048_576.0])).prop_map(|(mut epochs, unit)| {
        epochs.iter_mut().for_each(|[training, validation, ..]| {
            *training *= unit;
            *validation *= unit;
        });
        Course(epochs)
    })
}

/// Learning curves with one number that is not finite, the measure that holds it, and its epoch from 0.
pub fn spoiled() -> impl Strategy<Value = (Course, usize, usize)> + Send + Sync + Clone {
    let any = prop_oneof![2 => course(), 1 => any_course()];
    (any, 0..4_usize, 0..301_usize, judge::any::not_finite()).prop_map(|(mut course, which, index, bad)| {
        let index = index % course.0.len();
        course.0[index][which] = bad;
        (course, which, index)
    })
}

/// Up to 301 epochs with losses of any magnitude, such that single precision takes some as equal.
pub fn any_course() -> impl Strategy<Value = Course> + Send + Sync + Clone {
    let loss = || prop_oneof![judge::any::fine(), judge::any::wide()].prop_map(f64::abs);
    let tiny =
        || prop_oneof![judge::any::magnitude(-12, -4), judge::any::magnitude(-300, 300)].prop_map(f64::abs);
    let all_of = |least, most| judge::any::magnitude(least, most).prop_map(f64::abs).sboxed();
    let share = || (0..=1_000_000_i32).prop_map(|k| f64::from(k) / 1_000_000.0);
    sizes([1..=12], [301]).prop_flat_map(move |[n]| {
        let epochs =
            judge::any::vec([loss().sboxed(), loss().sboxed(), share().sboxed(), share().sboxed()], n);
        let small = judge::any::vec([tiny().sboxed(), tiny().sboxed(), tiny().sboxed(), tiny().sboxed()], n);
        let all = |least, most| judge::any::vec([0; 4].map(|_| all_of(least, most)), n);
        // Some measures lie below 0, as a log-likelihood does.
        let signs = judge::any::select(vec![[1.0; 4], [1.0; 4], [-1.0; 4], [1.0, -1.0, -1.0, 1.0]]);
        // All below a thousandth, all minute, all above a thousand, all huge.
        let far = prop_oneof![all(-12, -4), all(-300, -110), all(3, 9), all(110, 300)];
        let of = prop_oneof![3 => epochs, 1 => small, 4 => far];
        (of, signs).prop_map(|(mut of, signs)| {
            of.iter_mut().for_each(|epoch| (0..4).for_each(|k| epoch[k] *= signs[k]));
            Course(of)
        })
    })
}
