use judge::any::select;
use judge::bounds::normal_distribution;
use judge::{Answer, any, close, ensure, equal, for_all, rejected, rejected_for, rounding};
use judge::{Broken, example};
use katas::m02_statistics::distributions::coverage_within;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use crate::m02_statistics::moments::samples::spoiled;
use crate::m02_statistics::range;

/// Powers of two: k·σ and the z-score are both exact, so that an edge is an edge however it is computed.
fn deviation() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![0.5, 1.0, 2.0, 4.0])
}

#[test]
fn counts_the_numbers_within_k_sigma() {
    // In other units too: a power of two rounds nothing.
    let unit = select(vec![1.0, 2.0_f64.powi(-40), 2.0_f64.powi(40)]);
    let k = (0..=24_u8).prop_map(|k| f64::from(k) / 8.0);
    let inputs = (range::sample(1, 8), any::eighth(), deviation(), k, unit).prop_map(
        |(x, mean, deviation, k, unit)| {
            let x: Vec<f64> = x.iter().map(|x| unit * x).collect();
            (x, unit * mean, unit * deviation, k)
        },
    );
    for_all("x, mean, σ, k", inputs).holds(|(x, mean, deviation, k)| {
        let got = coverage_within(x, *mean, *deviation, *k).accepted("coverage_within(x, mean, σ, k)")?;
        let near = x.iter().filter(|&x| (x - mean).abs() <= k * deviation).count();
        let look =
            format!("{near} of {} numbers have |x − μ| ≤ k·σ, those at exactly k·σ included.", x.len());
        close(
            "coverage_within(x, mean, σ, k)",
            got,
            near as f64 / x.len() as f64,
            rounding(x.len() + 1, 1.0),
            look,
        )
    });
}

#[test]
fn is_monotonic_in_k() {
    let k = || (0..=24_u8).prop_map(|k| f64::from(k) / 8.0);
    for_all("x, σ, k, l", (range::sample(1, 8), deviation(), k(), k())).holds(|(x, deviation, k, l)| {
        let share = |k: f64| coverage_within(x, 0.0, *deviation, k).accepted("coverage_within(x, 0, σ, k)");
        let (less, more) = (share(k.min(*l))?, share(k.max(*l))?);
        ensure(less <= more + rounding(x.len() + 1, 1.0), || {
            let look = "A number within one standard deviation is also within two.";
            Broken::answer(
                format!("{less} within fewer deviations, {more} within more"),
                "a coverage that does not decrease as k grows",
                look,
            )
        })
    });
}

/// 2,000 numbers at equal steps of probability: their share within k·σ is that of the distribution up to two of them.
#[test]
fn is_68_95_99_7_percent_for_a_normal_sample() {
    example(|| {
        let (mean, deviation, n) = (5.0, 2.0, 2000);
        let x: Vec<f64> =
            (0..n).map(|i| mean + deviation * normal_quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        for (k, want) in [(1.0, 0.682_689), (2.0, 0.954_500), (3.0, 0.997_300)] {
            let call = format!("coverage_within(normal numbers, μ, σ, {k})");
            let got = coverage_within(&x, mean, deviation, k).accepted(&call)?;
            let look = "The normal distribution has this probability within ±kσ. Are both sides counted?";
            close(&call, got, want, 2.0 / f64::from(n), look)?;
        }
        Ok(())
    });
}

/// The z with Φ(z) = p, by bisection.
fn normal_quantile(p: f64) -> f64 {
    let halve = |(low, high): (f64, f64), _| {
        let middle = (low + high) / 2.0;
        if normal_distribution(middle) < p { (middle, high) } else { (low, middle) }
    };
    (0..40).fold((-8.0, 8.0), halve).0
}

#[test]
fn is_k_over_root_three_for_a_uniform_sample() {
    for_all("low, width, k", (any::eighth(), any::nonzero(), (0..=16_u8).prop_map(|k| f64::from(k) / 8.0)))
        .holds(|&(low, width, k)| {
            let (width, n) = (width.abs(), 400);
            let x: Vec<f64> = (0..n).map(|i| low + width * (f64::from(i) + 0.5) / f64::from(n)).collect();
            // The standard deviation of a uniform distribution is its width over √12.
            let (mean, deviation) = (low + width / 2.0, width / 12.0_f64.sqrt());
            let got = coverage_within(&x, mean, deviation, k)
                .accepted("coverage_within(uniform numbers, μ, σ, k)")?;
            let look = "The coverage is 2kσ over the width √12·σ, at most 1.";
            let want = (k / 3.0_f64.sqrt()).min(1.0);
            close("coverage_within(uniform numbers, μ, σ, k)", got, want, 2.0 / f64::from(n), look)
        });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::distributions::coverage_within;
        assert_eq!(coverage_within(&[-3.0, -1.0, 0.0, 2.0], 0.0, 1.0, 2.0), Ok(0.75));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn includes_numbers_at_exactly_k_sigma() {
        let inputs = (any::eighth(), deviation(), any::eighth());
        for_all("mean, σ, k", inputs).holds(|&(mean, deviation, k)| {
            let x = mean + k * deviation;
            let got = coverage_within(&[x], mean, deviation, k.abs())
                .accepted("coverage_within([μ ± k·σ], μ, σ, k)")?;
            let look = format!("x = {x} is at a distance of exactly k·σ from the mean: ≤, not <.");
            equal("coverage_within([μ ± k·σ], μ, σ, k)", got, 1.0, look)
        });
    }

    #[test]
    fn counts_anew_when_one_number_moves() {
        let sample = any::size(2..=8, 257).prop_flat_map(|n| any::vector(n..=n));
        for_all("x, mean, σ, i", (sample, any::eighth(), deviation(), 0..257_usize)).holds(
            |(x, mean, deviation, i)| {
                let (mut near, mut far, i) = (x.clone(), x.clone(), 1 + i % (x.len() - 1));
                (near[i], far[i]) = (*mean, mean + 16.0 * deviation);
                let share = |x: &[f64]| coverage_within(x, *mean, *deviation, 2.0);
                let got = share(&near).accepted("coverage_within(x with μ in place i, μ, σ, 2)")?
                    - share(&far).accepted("coverage_within(x with μ + 16σ in place i, μ, σ, 2)")?;
                let look = "One number moves out of μ ± 2σ: the share falls by 1/n. Is the sample of an \
                            earlier call kept?";
                let n = x.len() as f64;
                close("the difference of the two shares", got, 1.0 / n, rounding(2 * x.len() + 2, 1.0), look)
            },
        );
    }

    #[test]
    fn counts_the_numbers_on_either_side_of_k_sigma() {
        // Shares of k·σ that are well below or above 1, so that no rounding decides which numbers are within.
        let share = prop_oneof![0.0..0.999_f64, 1.001..4.0_f64];
        let number =
            (share, proptest::prelude::any::<bool>()).prop_map(|(t, left)| if left { -t } else { t });
        let shares = any::length(1..=8, 1025).prop_flat_map(move |n| judge::any::vec(number.clone(), n));
        let k = any::magnitude(-2, 3).prop_map(f64::abs);
        let inputs = (shares, any::fine(), any::magnitude(-290, 290).prop_map(f64::abs), k);
        for_all("shares, μ/σ, σ, k", inputs).holds(|(shares, mean, deviation, k)| {
            let (deviation, mean) = (*deviation, mean * deviation);
            let x: Vec<f64> = shares.iter().map(|t| mean + t * k * deviation).collect();
            let got = coverage_within(&x, mean, deviation, *k)
                .accepted("coverage_within(μ + shares·k·σ, μ, σ, k)")?;
            let near = shares.iter().filter(|t| t.abs() < 1.0).count();
            let look = format!("{near} of {} numbers are nearer to μ than k·σ.", x.len());
            let want = near as f64 / x.len() as f64;
            let call = "coverage_within(μ + shares·k·σ, μ, σ, k)";
            close(call, got, want, rounding(x.len() + 1, 1.0), look)
        });
    }

    #[test]
    fn rejects_an_empty_sample() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "coverage_within([], 0, 1, 1)",
                coverage_within(&[], 0.0, 1.0, 1.0),
                want,
                "The coverage of an empty sample is undefined.",
            )
        });
    }

    #[test]
    fn rejects_a_sigma_that_is_not_positive() {
        for_all("σ, k", (select(vec![0.0, -0.0, -1.0, -1e-300, -1e9]), select(vec![1.0, 2.0]))).holds(
            |&(deviation, k)| {
                let want =
                    InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
                let got = coverage_within(&[1.0, 2.0], 0.0, deviation, k);
                rejected(
                    "coverage_within(x, 0, σ, k)",
                    got,
                    want,
                    "A standard deviation has to be positive here.",
                )
            },
        );
    }

    #[test]
    fn rejects_a_negative_k() {
        let negative = prop_oneof![any::nonzero(), any::magnitude(-300, 300)].prop_map(|k| -k.abs());
        for_all("k", negative).holds(|&k| {
            let want = InputError::OutOfRange { name: "k", got: k, wanted: "k ≥ 0" };
            let got = coverage_within(&[1.0, 2.0], 0.0, 1.0, k);
            rejected(
                "coverage_within(x, 0, 1, k)",
                got,
                want,
                "A distance is not negative: return an error, not 0.",
            )
        });
    }

    #[test]
    fn rejects_a_sample_that_is_not_finite() {
        for_all("x, i, mean, σ", (spoiled(), any::eighth(), deviation())).holds(
            |((x, i), mean, deviation)| {
                let want = InputError::NotFinite { name: "x", index: *i };
                let got = coverage_within(x, *mean, *deviation, 1.0);
                let look =
                    "All comparisons with NaN are false, so it would count as outside. Search for it first.";
                rejected("coverage_within(x, mean, σ, 1)", got, want, look)
            },
        );
    }

    #[test]
    fn rejects_parameters_that_are_not_finite() {
        for_all("n, i, bad", (any::size(1..=3, 257), 0..3_usize, any::not_finite())).holds(|&(n, i, bad)| {
            let (mut arguments, name) = ([0.5, 1.0, 2.0], ["mean", "deviation", "k"][i]);
            arguments[i] = bad;
            let [mean, deviation, k] = arguments;
            let mut wants = vec![InputError::NotFinite { name, index: 0 }];
            if i > 0 && bad != f64::INFINITY {
                wants.push(InputError::OutOfRange { name, got: bad, wanted: "a number > 0" });
            }
            let look = "All comparisons with NaN are false. Check for NaN and infinity first.";
            let call = format!("coverage_within([1; n], {mean}, {deviation}, {k})");
            rejected_for(&call, coverage_within(&vec![1.0; n], mean, deviation, k), &wants, look)
        });
    }

    #[test]
    fn counts_large_samples_in_every_unit() {
        // Powers of two cause no rounding; next to an edge the distance is 10⁻¹⁰ at least, or 0.
        let unit = [0, -40, 14, 24, -900, 900].map(|k| 2.0_f64.powi(k)).to_vec();
        let unit = select(unit);
        let eighths = prop_oneof![0..=24_u8, 25..=200_u8].prop_map(|k| f64::from(k) / 8.0);
        let k = prop_oneof![3 => eighths, 1 => select(vec![0.0, -0.0, 1024.0, 2.0_f64.powi(-12)])];
        let sample = any::size(1..=8, 1025).prop_flat_map(|n| judge::any::vec(any::fine(), n));
        for_all("x, mean, σ, k, unit", (sample, any::eighth(), deviation(), k, unit)).holds(
            |(x, mean, deviation, k, unit)| {
                let near = x.iter().filter(|&x| (x - mean).abs() <= k * deviation).count();
                let x: Vec<f64> = x.iter().map(|x| unit * x).collect();
                let got = coverage_within(&x, unit * mean, unit * deviation, *k)
                    .accepted("coverage_within(unit·x, unit·mean, unit·σ, k)")?;
                let look = format!("{near} of {} numbers have |x − μ| ≤ k·σ, compared in f64.", x.len());
                let want = near as f64 / x.len() as f64;
                close(
                    "coverage_within(unit·x, unit·mean, unit·σ, k)",
                    got,
                    want,
                    rounding(x.len() + 1, 1.0),
                    look,
                )
            },
        );
    }
}
