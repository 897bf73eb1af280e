use judge::bounds::normal_distribution;
use judge::{Answer, Broken, any, drawn_with, ensure, equal, follows, for_all, normal_tails, rejected};
use katas::m02_statistics::distributions::sample_normal;
use kit::{Generator, InputError};
use proptest::prelude::Strategy;
use proptest::sample::select;

fn sample(n: usize, mean: f64, deviation: f64, seed: u64) -> Result<Vec<f64>, Broken> {
    let mut generator = Generator::from_seed(seed);
    sample_normal(n, mean, deviation, &mut generator).accepted("sample_normal(n, mean, deviation, generator)")
}

/// Half of the normal numbers are no larger than this in size.
const MEDIAN: f64 = 0.674_489_750_196_081_7;

fn deviation() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    any::nonzero().prop_map(f64::abs)
}

#[test]
fn as_many_numbers_come_back_as_were_asked_for() {
    for_all("n, mean, σ, seed", (0..=9_usize, any::eighth(), deviation(), any::seed())).holds(
        |&(n, mean, deviation, seed)| {
            let got = sample(n, mean, deviation, seed)?.len();
            let look = "Box and Muller give two numbers at a time: what becomes of the second when n is odd?";
            equal("sample_normal(n, mean, σ, generator).len()", got, n, look)
        },
    );
}

/// Kolmogorov's distance on 20,000 numbers, bounded by Dvoretzky, Kiefer, Wolfowitz and Massart. Power: a distribution
/// function that is off by 0.052 somewhere is overlooked with a chance below 1e-9; the variance taken for the deviation
/// is off by 0.16 for σ = 2.
#[test]
fn the_numbers_follow_the_normal_distribution() {
    let inputs = (any::eighth(), select(vec![0.25, 0.5, 2.0, 4.0]), any::seed());
    for_all("mean, σ, seed", inputs).cases(4).holds(|&(mean, deviation, seed)| {
        let numbers = sample(20_000, mean, deviation, seed)?;
        let distribution = |x: f64| normal_distribution((x - mean) / deviation);
        let look = "x = μ + σ·z, where z has deviation 1: z = √(−2·ln u)·cos(2π·v) with two uniform \
                    numbers, not one, and angles in radians.";
        follows("sample_normal(20000, mean, σ, generator)", &numbers, distribution, look)
    });
}

/// By relative entropy on 600,000 numbers. Power: the sum of twelve uniform numbers, an old substitute, passes one case
/// with a chance of about 0.003, both with one of 1e-5.
#[test]
fn far_from_the_mean_there_are_neither_too_many_nor_too_few() {
    // Finding where the distribution function reaches each of so many numbers takes seconds.
    for_all("seed", any::seed()).cases(2).within_seconds(25).holds(|&seed| {
        let look = "In the middle this looks normal, in the tails it does not. Is the method exact, or a \
                    sum of a few uniform numbers?";
        let numbers = sample(600_000, 0.0, 1.0, seed)?;
        normal_tails("sample_normal(600000, 0, 1, generator), |z|", &numbers, look)
    });
}

/// By relative entropy on about 20,000 pairs: whether two numbers lie on the same side of the mean, and whether they are
/// both near it or both far from it (|z| below or above 0.6745, the median), has four answers of probability 1/4; for
/// independent numbers these are independent from pair to pair. Power: any event that is off by 0.06 is overlooked with
/// a chance below 1e-9.
#[test]
fn one_number_tells_nothing_of_the_next_three() {
    for_all("apart, seed", (1..=3_usize, any::seed())).cases(12).holds(|&(apart, seed)| {
        let z = sample(20_000, 0.0, 1.0, seed)?;
        let mut counts = [0; 4];
        for (a, b) in z.iter().zip(&z[apart.min(z.len())..]) {
            let (same_side, alike) = ((*a < 0.0) == (*b < 0.0), (a.abs() < MEDIAN) == (b.abs() < MEDIAN));
            counts[2 * usize::from(same_side) + usize::from(alike)] += 1;
        }
        let kinds = [
            "other side, other size",
            "other side, like size",
            "same side, other size",
            "same side, like size",
        ];
        let look = "Of one radius and one angle come two numbers, with cosine and sine. None may be used \
                    twice, not even with the other sign.";
        let call = format!("sample_normal(20000, 0, 1, generator), numbers {apart} apart");
        drawn_with(&call, &kinds, &counts, &[0.25; 4], look)
    });
}

/// By relative entropy on about 20,000 pairs. Of one normal number the sign and the size tell nothing of each other, so
/// that the sign of a number and the size of another are independent from pair to pair, even where pairs share a number.
/// Power: any event that is off by 0.06 is overlooked with a chance below 1e-9; the angle of one number for the radius
/// of the next is off by 0.07.
#[test]
fn the_sign_of_one_number_tells_nothing_of_the_size_of_another() {
    for_all("seed", any::seed()).cases(4).holds(|&seed| {
        let z = sample(20_000, 0.0, 1.0, seed)?;
        for apart in 1..=3 {
            let pairs = || z.iter().zip(&z[apart.min(z.len())..]);
            let sign_first: Vec<_> = pairs().map(|(a, b)| [*a < 0.0, b.abs() < MEDIAN]).collect();
            let size_first: Vec<_> = pairs().map(|(a, b)| [*b < 0.0, a.abs() < MEDIAN]).collect();
            for (other, pairs) in [("after", sign_first), ("before", size_first)] {
                let mut counts = [0; 4];
                for [negative, small] in pairs {
                    counts[2 * usize::from(negative) + usize::from(small)] += 1;
                }
                let kinds = ["above 0, far", "above 0, near", "below 0, far", "below 0, near"];
                let look = "Which uniform number made the sign of the one, which the size of the other? The \
                            angle of one number is no radius of another: each takes fresh numbers.";
                let call = format!(
                    "the sign of a number of sample_normal(20000, 0, 1, generator), the size {apart} {other}"
                );
                drawn_with(&call, &kinds, &counts, &[0.25; 4], look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn every_number_is_finite() {
    for_all("mean, σ, seed", (any::eighth(), deviation(), any::seed())).holds(|&(mean, deviation, seed)| {
        let numbers = sample(100, mean, deviation, seed)?;
        ensure(numbers.iter().all(|x| x.is_finite()), || {
            let look = "The logarithm of 0 is infinite, and of a number above 1 the root below it is NaN.";
            Broken::answer("a NaN or an infinity among 100 numbers", "finite numbers", look)
        })
    });
}

#[test]
fn without_deviation_every_number_is_the_mean() {
    for_all("n, mean, seed", (0..=5_usize, any::eighth(), any::seed())).holds(|&(n, mean, seed)| {
        let look = "σ = 0 is allowed: μ + 0·z is μ.";
        equal("sample_normal(n, mean, 0, generator)", sample(n, mean, 0.0, seed)?, vec![mean; n], look)
    });
}

#[test]
fn the_same_generator_gives_the_same_numbers() {
    for_all("n, seed", (1..=9_usize, any::seed())).holds(|&(n, seed)| {
        let (first, second) = (sample(n, 0.0, 1.0, seed)?, sample(n, 0.0, 1.0, seed)?);
        let look = "All chance has to come from the generator: a number kept from the last call breaks that.";
        equal("sample_normal(n, 0, 1, generator), a second time", second, first, look)
    });
}

/// Two numbers of f64 are equal with a chance far below 2⁻⁵⁰; ten of them below 1e-150.
#[test]
fn the_next_call_draws_other_numbers() {
    for_all("seed", any::seed()).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let mut call =
            || sample_normal(10, 0.0, 1.0, &mut generator).accepted("sample_normal(10, 0, 1, generator)");
        let (first, second) = (call()?, call()?);
        ensure(first != second, || {
            let look =
                "Draw from the generator you were given: neither from a copy of it nor from one of your own.";
            Broken::answer(
                "the same 10 numbers in two calls in a row",
                "new numbers in the second call",
                look,
            )
        })
    });
}

#[test]
fn a_negative_deviation_is_rejected() {
    let negative = select(vec![-1.0, -0.125, -f64::MIN_POSITIVE, -1e300]);
    for_all("n, mean, σ", (0..=3_usize, any::eighth(), negative)).holds(|&(n, mean, deviation)| {
        let got = sample_normal(n, mean, deviation, &mut Generator::from_seed(1));
        let want = InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation ≥ 0" };
        let look =
            "The bell is symmetric, so nobody would see the sign: reject it, even if nothing is to be drawn.";
        rejected("sample_normal(n, mean, σ, generator)", got, want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("n, mean, σ, i", (0..=3_usize, any::one_not_finite())).holds(|&(n, ([mean, deviation], i))| {
        let got = sample_normal(n, mean, deviation, &mut Generator::from_seed(1));
        let want = InputError::NotFinite { name: ["mean", "deviation"][i], index: 0 };
        let look = "Comparisons with NaN are all false, so it slips through them. Ask for it first.";
        rejected("sample_normal(n, mean, σ, generator)", got, want, look)
    });
}
