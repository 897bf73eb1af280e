use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rejected_for, rounding};
use katas::m02_statistics::order_statistics::quantile;
use kit::{Generator, InputError};
use proptest::prelude::{Strategy, prop_oneof};

use crate::m02_statistics::moments::samples::spoiled;
use crate::m02_statistics::{exact, range};

/// A fraction in sixteenths.
fn share() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=16_u8).prop_map(|k| f64::from(k) / 16.0)
}

fn in_order(x: &[f64]) -> Vec<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[test]
fn interpolates_linearly_in_the_sorted_sample() {
    for_all("x, q", (range::sample(1, 9), share())).holds(|(x, q)| {
        // (n − 1)·q counted in 16ths, and the line in 128ths: whole numbers, and exact.
        let (sorted, height) = (in_order(x), (x.len() - 1) * (16.0 * q) as usize);
        let (i, sixteenths) = (height / 16, (height % 16) as f64);
        let above = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
        let want = ((16.0 - sixteenths) * sorted[i] + sixteenths * above) / 16.0;
        let got = quantile(x, *q).accepted("quantile(x, q)")?;
        let h = height as f64 / 16.0;
        let look = format!(
            "Sorted: {sorted:?}. The fractional index is (n − 1)·q = {h}, counted from 0: between {i} and \
             {}.",
            i + 1
        );
        close("quantile(x, q)", got, want, rounding(8, 16.0), look)
    });
}

#[test]
fn goes_from_minimum_to_maximum() {
    for_all("x, end", (range::sample(1, 9), proptest::prelude::any::<bool>())).holds(|(x, end)| {
        let (sorted, q) = (in_order(x), f64::from(u8::from(*end)));
        let want = if *end { sorted[x.len() - 1] } else { sorted[0] };
        let got = quantile(x, q).accepted(&format!("quantile(x, {q})"))?;
        let look = "q = 0 gives the minimum, q = 1 the maximum: the index is at most n − 1.";
        close(&format!("quantile(x, {q})"), got, want, rounding(4, 16.0), look)
    });
}

#[test]
fn is_monotonic_in_q() {
    for_all("x, q, r", (any::vector(1..=9), share(), share())).holds(|(x, q, r)| {
        let (low, high) = (q.min(*r), q.max(*r));
        let (at_low, at_high) =
            (quantile(x, low).accepted("quantile(x, q)")?, quantile(x, high).accepted("quantile(x, r)")?);
        ensure(at_low <= at_high + rounding(16, 16.0), || {
            let got = format!("quantile(x, {low}) = {at_low} above quantile(x, {high}) = {at_high}");
            Broken::answer(got, "a quantile that does not decrease as q grows", "Is the sample sorted?")
        })
    });
}

#[test]
fn is_symmetric_under_negation() {
    for_all("x, q", (any::vector(1..=9), share())).holds(|(x, q)| {
        let negative: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = quantile(&negative, 1.0 - q).accepted("quantile(−x, 1 − q)")?;
        let want = -quantile(x, *q).accepted("quantile(x, q)")?;
        let look = "quantile(−x, 1 − q) = −quantile(x, q), the value above. Which neighbor has too much \
                    weight?";
        close("quantile(−x, 1 − q)", got, want, rounding(16, 16.0), look)
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("x, q, seed", (any::vector(1..=9), share(), any::seed())).holds(|(x, q, seed)| {
        let mut shuffled = x.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let got = quantile(&shuffled, *q).accepted("quantile(shuffled, q)")?;
        let want = quantile(x, *q).accepted("quantile(x, q)")?;
        let look =
            format!("The same numbers in the order {shuffled:?} have the same quantile, the value above.");
        close("quantile(shuffled, q)", got, want, rounding(16, 16.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::order_statistics::quantile;
        assert_eq!(quantile(&[8.0, 0.0, 4.0], 0.25), Ok(2.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_every_fraction() {
        let shares = select(vec![0.1, 0.9, 1.0 / 3.0, 0.35, 1e-9, 1.0 - 1e-9, -0.0, 0.999, 1e-300]);
        for_all("x, q", (range::sample(1, 40), shares)).cases(384).holds(|(x, q)| {
            let (sorted, h) = (in_order(x), (x.len() - 1) as f64 * q);
            let i = h.floor() as usize;
            let above = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
            let want = sorted[i] + (h - h.floor()) * (above - sorted[i]);
            let got = quantile(x, *q).accepted("quantile(x, q)")?;
            let look = format!(
                "The fractional index is (n − 1)·q = {h}: interpolate between {} and {above}, in f64.",
                sorted[i]
            );
            // The index is rounded by a few ulps, and two neighbors are 16 apart at most.
            close("quantile(x, q)", got, want, rounding(4 * x.len() + 8, 16.0), look)
        });
    }

    #[test]
    fn keeps_all_digits_of_equal_numbers() {
        for_all(
            "x, n, q",
            (prop_oneof![any::entry(), any::magnitude(-300, 300)], any::length(1..=6, 1025), share()),
        )
        .holds(|&(x, n, q)| {
            let got = quantile(&vec![x; n], q).accepted("quantile([x, …, x], q)")?;
            close(
                "quantile([x, …, x], q)",
                got,
                x,
                rounding(4, x),
                "All numbers are equal, so is every quantile.",
            )
        });
    }

    #[test]
    fn does_not_depend_on_the_unit() {
        for_all("x, k", (any::vector(1..=9), -990..=980_i32)).holds(|(x, k)| {
            let unit = 2.0_f64.powi(*k);
            let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
            let want = quantile(x, 0.3125).accepted("quantile(x, 0.3125)")?;
            let got = quantile(&scaled, 0.3125).accepted("quantile(2ᵏ·x, 0.3125)")?;
            let look = "All numbers were multiplied by 2ᵏ, which causes no rounding and keeps their order. \
                        How are they compared?";
            close("quantile(2ᵏ·x, 0.3125)/2ᵏ", got / unit, want, rounding(8, 16.0), look)
        });
    }

    #[test]
    fn rejects_an_empty_sample() {
        for_all("q", select(vec![0.5, 0.0, 1.0])).holds(|&q| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("quantile([], q)", quantile(&[], q), want, "A quantile of an empty sample is undefined.")
        });
    }

    #[test]
    fn rejects_a_q_outside_of_0_to_1() {
        let outside = select(vec![-0.125, 1.125, 50.0, 1.0_f64.next_up(), -f64::MIN_POSITIVE, -1e300, 1e300]);
        for_all("x, q", (range::sample(1, 3), outside)).holds(|(x, q)| {
            let want = InputError::OutOfRange { name: "q", got: *q, wanted: "0 ≤ q ≤ 1" };
            rejected(
                "quantile(x, q)",
                quantile(x, *q),
                want,
                "q is a fraction between 0 and 1, not a percentage.",
            )
        });
    }

    #[test]
    fn rejects_a_q_that_is_not_finite() {
        for_all("x, q", (any::vector(1..=3), any::not_finite())).holds(|(x, q)| {
            let not_finite = InputError::NotFinite { name: "q", index: 0 };
            let outside = InputError::OutOfRange { name: "q", got: *q, wanted: "0 ≤ q ≤ 1" };
            let look = "Every comparison with NaN is false. Check for NaN and infinity.";
            rejected_for("quantile(x, q)", quantile(x, *q), &[not_finite, outside], look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, i", spoiled()).holds(|(x, i)| {
            let look = "A NaN cannot be ordered. Search x for the first NaN or infinity before you sort.";
            let want = InputError::NotFinite { name: "x", index: *i };
            rejected("quantile(x, 0.5)", quantile(x, 0.5), want, look)
        });
    }

    #[test]
    fn is_accurate_for_large_samples_and_numbers_of_every_magnitude() {
        let fraction = prop_oneof![
            2 => 0.0..=1.0_f64,
            1 => any::magnitude(-12, 0).prop_map(f64::abs),
            1 => share(),
        ];
        let large = any::length(1..=9, 1025).prop_flat_map(any::entries);
        let vast = any::length(1..=9, 257).prop_flat_map(|n| range::entries(n, -300, 300));
        let samples = prop_oneof![any::wide_vector(1..=9), large, vast];
        for_all("x, q", (samples, fraction)).holds(|(x, q)| {
            let (sorted, h) = (in_order(x), (x.len() - 1) as f64 * q);
            let i = h.floor() as usize;
            let above = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
            let want = sorted[i] + (h - h.floor()) * (above - sorted[i]);
            let got = quantile(x, *q).accepted("quantile(x, q)")?;
            let look = format!(
                "The fractional index is (n − 1)·q = {h}, between {} and {above}, in f64.",
                sorted[i]
            );
            // The index is rounded by a few ulps; next to a whole number that may reach the neighboring interval.
            let steepest = sorted[i.saturating_sub(1)..sorted.len().min(i + 3)].windows(2);
            let steepest = steepest.map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
            let tolerance = rounding(8, h.max(1.0)) * steepest + rounding(4 * x.len() + 8, exact::largest(x));
            close("quantile(x, q)", got, want, tolerance, look)
        });
    }
}
