//! Checks of answers that are random: each errs on a right one with a chance of at most [`bounds::FALSE_ALARM`].

use std::fmt::Display;

use crate::bounds::{entropy_bound, hoeffding, kolmogorov_distance, normal_distribution, relative_entropy};
use crate::broken::{Broken, Verdict};
use crate::check::ensure;

const RARE: &str = "chance carries a right answer further with a probability below 1e-14";

/// The kinds were counted as often as their probabilities say, by relative entropy (the G-test).
///
/// `kinds` names them for the learner, one a count.
///
/// # Errors
///
/// [`Broken`] if they were not, with the share that is furthest off for its size.
pub fn drawn_with<K: Display>(
    call: &str,
    kinds: &[K],
    counts: &[usize],
    probabilities: &[f64],
    look: impl Display,
) -> Verdict {
    let n: usize = counts.iter().sum();
    let entropy = relative_entropy(counts, probabilities);
    ensure(n > 0 && entropy < entropy_bound(n, counts.len()), || {
        let share = |i: usize| counts[i] as f64 / n as f64;
        // In units of what chance does: a rare kind that comes twice as often says more than a common one off by as much.
        let off = |i: &usize| {
            (share(*i) - probabilities[*i]).abs() / probabilities[*i].sqrt().max(f64::MIN_POSITIVE)
        };
        let worst = (0..counts.len()).max_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(0);
        let got = format!(
            "{call}: {} came {} times in {n}, a share of {:.4}",
            kinds[worst],
            counts[worst],
            share(worst)
        );
        let want = format!("a share near {:.4} ({RARE})", probabilities[worst]);
        Broken::answer(got, want, look)
    })
}

/// The mean of n independent numbers, each in an interval of this length, is near this expectation (Hoeffding).
///
/// # Errors
///
/// [`Broken`] if it is not.
pub fn mean_near(call: &str, got: f64, n: usize, length: f64, want: f64, look: impl Display) -> Verdict {
    let allowed = length * hoeffding(n);
    ensure((got - want).abs() < allowed, || {
        Broken::answer(
            format!("{call} = {got:.4}"),
            format!("{want:.4}, give or take {allowed:.4} ({RARE})"),
            look,
        )
    })
}

/// The sample follows this distribution function (Kolmogorov's distance, bounded by Dvoretzky, Kiefer, Wolfowitz and
/// Massart).
///
/// # Errors
///
/// [`Broken`] if it does not.
pub fn follows(call: &str, sample: &[f64], distribution: impl Fn(f64) -> f64, look: impl Display) -> Verdict {
    let (distance, allowed) = (kolmogorov_distance(sample, &distribution), hoeffding(sample.len()));
    ensure(!sample.is_empty() && distance < allowed, || {
        let n = sample.len() as f64;
        let share = |x: f64| sample.iter().filter(|&&s| s <= x).count() as f64 / n;
        let off = |x: &f64| (share(*x) - distribution(*x)).abs();
        // A hundred values are enough to show where it is furthest off.
        let some = sample.iter().copied().step_by(sample.len().div_ceil(100).max(1));
        let worst = some.max_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(f64::NAN);
        let got = format!("{call}: a share of {:.4} is at most {worst:.4}", share(worst));
        Broken::answer(got, format!("a share near {:.4} ({RARE})", distribution(worst)), look)
    })
}

/// Far from 0 there are as many of these standard normal numbers as there should be: by relative entropy, sorted by |z|
/// into eight kinds. `call` names the numbers for the learner.
///
/// Power: of 600,000 sums of twelve uniform numbers less 6, an old substitute, an entropy of 1.5e-4 is expected, give or
/// take 0.22e-4, where 0.89e-4 is allowed: they are overlooked with a chance of about 0.003.
///
/// # Errors
///
/// [`Broken`] if there are too many or too few.
pub fn normal_tails(call: &str, sample: &[f64], look: impl Display) -> Verdict {
    let edges = [2.0, 2.5, 3.0, 3.25, 3.5, 3.75, 4.0];
    let beyond: Vec<f64> = edges.iter().map(|z| 2.0 * normal_distribution(-z)).collect();
    let mut counts = [0; 8];
    for z in sample {
        counts[edges.partition_point(|edge| *edge <= z.abs())] += 1;
    }
    let probability = |i: usize| {
        let inner = if i == 0 { 1.0 } else { beyond[i - 1] };
        inner - beyond.get(i).unwrap_or(&0.0)
    };
    let probabilities: Vec<f64> = (0..8).map(probability).collect();
    let kinds = [
        "|z| < 2",
        "2 to 2.5",
        "2.5 to 3",
        "3 to 3.25",
        "3.25 to 3.5",
        "3.5 to 3.75",
        "3.75 to 4",
        "beyond 4",
    ];
    drawn_with(call, &kinds, &counts, &probabilities, look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_that_is_furthest_off_is_named() {
        let broken = drawn_with("roll", &[1, 2, 3], &[800, 100, 100], &[0.5, 0.25, 0.25], "")
            .expect_err("a loaded die");
        assert_eq!(broken.got, "roll: 1 came 800 times in 1000, a share of 0.8000");
        assert_eq!(drawn_with("roll", &[1, 2], &[520, 480], &[0.5, 0.5], ""), Ok(()));
        assert!(drawn_with("roll", &[1, 2], &[0, 0], &[0.5, 0.5], "").is_err());
    }

    #[test]
    fn a_sample_on_one_point_follows_nothing_smooth() {
        let grid: Vec<f64> = (0..1000).map(|i| f64::from(i) / 1000.0).collect();
        let uniform = |x: f64| x.clamp(0.0, 1.0);
        assert_eq!(follows("grid", &grid, uniform, ""), Ok(()));
        assert!(follows("grid", &[0.25; 1000], uniform, "").is_err());
        assert!(follows("grid", &[], uniform, "").is_err());
    }

    #[test]
    fn tails_that_are_cut_off_are_seen() {
        // The quantiles of 100,000 equal parts, by bisection.
        let quantile = |p: f64| {
            let halve = |(low, high): (f64, f64), _| {
                let middle = f64::midpoint(low, high);
                if normal_distribution(middle) < p { (middle, high) } else { (low, middle) }
            };
            (0..30).fold((-8.0, 8.0), halve).0
        };
        let sample: Vec<f64> = (0..100_000).map(|i| quantile((f64::from(i) + 0.5) / 1e5)).collect();
        assert_eq!(normal_tails("z", &sample, ""), Ok(()));
        let cut: Vec<f64> = sample.iter().map(|z| z.clamp(-3.1, 3.1)).collect();
        let broken = normal_tails("z", &cut, "").expect_err("no tails");
        assert!(broken.got.starts_with("z: 3 to 3.25 came 270 times"), "{}", broken.got);
    }

    #[test]
    fn a_mean_may_stray_as_far_as_hoeffding_says() {
        assert!(mean_near("mean", 3.5, 1000, 5.0, 3.6, "").is_ok());
        assert!(mean_near("mean", f64::NAN, 1000, 5.0, 3.6, "").is_err());
        assert!(mean_near("mean", 3.5, 1000, 5.0, 4.5, "").is_err());
    }
}
