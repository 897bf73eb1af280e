use judge::bounds::normal_distribution;
use judge::{Answer, any, close, ensure, equal, for_all, rejected, rounding};
use judge::{Broken, example};
use katas::m02_statistics::distributions::coverage_within;
use kit::InputError;
use proptest::prelude::Strategy;
use proptest::sample::select;

use crate::m02_statistics::moments::samples::spoiled;

/// Powers of two: k·σ and the distance over σ are exact both, so that an edge is an edge however one computes it.
fn deviation() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![0.5, 1.0, 2.0, 4.0])
}

#[test]
fn it_counts_who_is_at_most_k_deviations_away() {
    // In other units too: a power of two rounds nothing.
    let unit = select(vec![1.0, 2.0_f64.powi(-40), 2.0_f64.powi(40)]);
    let k = (0..=24_u8).prop_map(|k| f64::from(k) / 8.0);
    let inputs = (any::vector(1..=8), any::eighth(), deviation(), k, unit).prop_map(
        |(x, mean, deviation, k, unit)| {
            let x: Vec<f64> = x.iter().map(|x| unit * x).collect();
            (x, unit * mean, unit * deviation, k)
        },
    );
    for_all("x, mean, σ, k", inputs).holds(|(x, mean, deviation, k)| {
        let got = coverage_within(x, *mean, *deviation, *k).accepted("coverage_within(x, mean, σ, k)")?;
        let near = x.iter().filter(|&x| (x - mean).abs() <= k * deviation).count();
        let look = format!(
            "{near} of {} numbers have |x − μ| ≤ k·σ, those exactly k·σ away included, and no others.",
            x.len()
        );
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
fn a_number_exactly_k_deviations_away_lies_within() {
    let inputs = (any::eighth(), deviation(), any::eighth());
    for_all("mean, σ, k", inputs).holds(|&(mean, deviation, k)| {
        let x = mean + k * deviation;
        let got = coverage_within(&[x], mean, deviation, k.abs())
            .accepted("coverage_within([μ ± k·σ], μ, σ, k)")?;
        let look = format!("x = {x} lies exactly k·σ from the mean, on one side or the other: ≤, not <.");
        equal("coverage_within([μ ± k·σ], μ, σ, k)", got, 1.0, look)
    });
}

#[test]
fn it_never_falls_as_k_rises() {
    let k = || (0..=24_u8).prop_map(|k| f64::from(k) / 8.0);
    for_all("x, σ, k, l", (any::vector(1..=8), deviation(), k(), k())).holds(|(x, deviation, k, l)| {
        let share = |k: f64| coverage_within(x, 0.0, *deviation, k).accepted("coverage_within(x, 0, σ, k)");
        let (less, more) = (share(k.min(*l))?, share(k.max(*l))?);
        ensure(less <= more + rounding(8, 1.0), || {
            let look = "Who is within one deviation is also within two.";
            Broken::answer(format!("{less} within fewer deviations, {more} within more"), "no fall", look)
        })
    });
}

/// 2,000 numbers at equal steps of probability: their share within k·σ is that of the distribution up to two of them.
#[test]
fn of_the_normal_distribution_it_is_68_95_and_99_7_percent() {
    example(|| {
        let (mean, deviation, n) = (5.0, 2.0, 2000);
        let x: Vec<f64> =
            (0..n).map(|i| mean + deviation * normal_quantile((f64::from(i) + 0.5) / f64::from(n))).collect();
        for (k, want) in [(1.0, 0.682_689), (2.0, 0.954_500), (3.0, 0.997_300)] {
            let call = format!("coverage_within(normal numbers, μ, σ, {k})");
            let got = coverage_within(&x, mean, deviation, k).accepted(&call)?;
            let look = "The bell has this share on both sides of the mean together. Are both sides counted?";
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
fn of_the_uniform_distribution_it_is_k_over_the_root_of_three() {
    for_all("low, width, k", (any::eighth(), any::nonzero(), (0..=16_u8).prop_map(|k| f64::from(k) / 8.0)))
        .holds(|&(low, width, k)| {
            let (width, n) = (width.abs(), 400);
            let x: Vec<f64> = (0..n).map(|i| low + width * (f64::from(i) + 0.5) / f64::from(n)).collect();
            // The deviation of a uniform distribution is its width over √12.
            let (mean, deviation) = (low + width / 2.0, width / 12.0_f64.sqrt());
            let got = coverage_within(&x, mean, deviation, k)
                .accepted("coverage_within(uniform numbers, μ, σ, k)")?;
            let look = "Equal lengths hold equal shares: 2kσ of the width √12·σ, until that is all.";
            let want = (k / 3.0_f64.sqrt()).min(1.0);
            close("coverage_within(uniform numbers, μ, σ, k)", got, want, 2.0 / f64::from(n), look)
        });
}

#[test]
fn an_empty_sample_has_no_share() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "coverage_within([], 0, 1, 1)",
            coverage_within(&[], 0.0, 1.0, 1.0),
            want,
            "0/0 is no share.",
        )
    });
}

#[test]
fn a_deviation_that_is_not_above_0_is_rejected() {
    for_all("σ, k", (select(vec![0.0, -0.0, -1.0]), select(vec![1.0, -1.0]))).holds(|&(deviation, k)| {
        let want = InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
        let got = coverage_within(&[1.0, 2.0], 0.0, deviation, k);
        rejected(
            "coverage_within(x, 0, σ, k)",
            got,
            want,
            "Nothing can be measured in deviations of 0, or below it.",
        )
    });
}

#[test]
fn a_negative_k_is_rejected() {
    for_all("k", any::nonzero().prop_map(|k| -k.abs())).holds(|&k| {
        let want = InputError::OutOfRange { name: "k", got: k, wanted: "k ≥ 0" };
        let got = coverage_within(&[1.0, 2.0], 0.0, 1.0, k);
        rejected(
            "coverage_within(x, 0, 1, k)",
            got,
            want,
            "A distance is not negative: say so, rather than 0.",
        )
    });
}

#[test]
fn the_first_nan_or_infinity_in_the_sample_is_named() {
    for_all("x, i, mean, σ, k, j", (spoiled(), any::one_not_finite())).holds(
        |((x, i), ([mean, deviation, k], _))| {
            let want = InputError::NotFinite { name: "x", index: *i };
            let got = coverage_within(x, *mean, *deviation, *k);
            let look =
                "Comparisons with NaN are all false, so it is quietly counted as far away. Ask for it first.";
            rejected("coverage_within(x, mean, σ, k)", got, want, look)
        },
    );
}

#[test]
fn a_parameter_that_is_not_finite_is_named() {
    for_all("mean, σ, k, i", any::one_not_finite()).holds(|&([mean, deviation, k], i)| {
        let want = InputError::NotFinite { name: ["mean", "deviation", "k"][i], index: 0 };
        let got = coverage_within(&[1.0], mean, deviation, k);
        let look = "Comparisons with NaN are all false, so it slips through them. Ask for it first.";
        rejected("coverage_within([1], mean, σ, k)", got, want, look)
    });
}
