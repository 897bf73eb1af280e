use judge::{Answer, Broken, any, close, ensure, for_all, rejected, rounding};
use katas::m02_statistics::order_statistics::quantile;
use kit::{Generator, InputError};
use proptest::prelude::Strategy;
use proptest::sample::select;

use crate::m02_statistics::moments::samples::spoiled;

fn share() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=16_u8).prop_map(|k| f64::from(k) / 16.0)
}

fn in_order(x: &[f64]) -> Vec<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[test]
fn it_lies_on_straight_lines_between_the_ordered_sample() {
    for_all("x, q", (any::vector(1..=9), share())).holds(|(x, q)| {
        // (n − 1)·q counted in 16ths, and the line in 128ths: whole numbers, and exact.
        let (sorted, height) = (in_order(x), (x.len() - 1) * (16.0 * q) as usize);
        let (i, sixteenths) = (height / 16, (height % 16) as f64);
        let above = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
        let want = ((16.0 - sixteenths) * sorted[i] + sixteenths * above) / 16.0;
        let got = quantile(x, *q).accepted("quantile(x, q)")?;
        let h = height as f64 / 16.0;
        let look = format!(
            "In order: {sorted:?}. The height is (n − 1)·q = {h}, counted from 0: between places {i} and {}.",
            i + 1
        );
        close("quantile(x, q)", got, want, rounding(8, 16.0), look)
    });
}

#[test]
fn any_share_will_do_not_only_sixteenths() {
    let shares = select(vec![0.1, 0.9, 1.0 / 3.0, 0.35, 1e-9, 1.0 - 1e-9]);
    for_all("x, q", (any::vector(1..=40), shares)).holds(|(x, q)| {
        let (sorted, h) = (in_order(x), (x.len() - 1) as f64 * q);
        let i = h.floor() as usize;
        let above = sorted.get(i + 1).copied().unwrap_or(sorted[i]);
        let want = sorted[i] + (h - h.floor()) * (above - sorted[i]);
        let got = quantile(x, *q).accepted("quantile(x, q)")?;
        let look = format!(
            "The height is (n − 1)·q = {h}, and what it has beyond {i} is the share of the way from {} to \
             {above}, however small. Is every step in 64 bits?",
            sorted[i]
        );
        // The height is rounded by a few of its ε, and the way between two neighbors is 16 long at most.
        close("quantile(x, q)", got, want, rounding(4 * x.len() + 8, 16.0), look)
    });
}

#[test]
fn it_runs_from_the_smallest_number_to_the_largest() {
    for_all("x, end", (any::vector(1..=9), proptest::prelude::any::<bool>())).holds(|(x, end)| {
        let (sorted, q) = (in_order(x), f64::from(u8::from(*end)));
        let want = if *end { sorted[x.len() - 1] } else { sorted[0] };
        let got = quantile(x, q).accepted(&format!("quantile(x, {q})"))?;
        let look = "q = 0 is the smallest number, q = 1 the largest: the height never passes n − 1.";
        close(&format!("quantile(x, {q})"), got, want, rounding(4, 16.0), look)
    });
}

#[test]
fn it_never_falls_as_q_rises() {
    for_all("x, q, r", (any::vector(1..=9), share(), share())).holds(|(x, q, r)| {
        let (low, high) = (q.min(*r), q.max(*r));
        let (at_low, at_high) =
            (quantile(x, low).accepted("quantile(x, q)")?, quantile(x, high).accepted("quantile(x, r)")?);
        ensure(at_low <= at_high + rounding(16, 16.0), || {
            let got = format!("quantile(x, {low}) = {at_low} above quantile(x, {high}) = {at_high}");
            Broken::answer(
                got,
                "the larger share has the larger quantile",
                "Is the sample in order, by size?",
            )
        })
    });
}

#[test]
fn turning_the_sample_round_turns_the_share_round() {
    for_all("x, q", (any::vector(1..=9), share())).holds(|(x, q)| {
        let negative: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = quantile(&negative, 1.0 - q).accepted("quantile(−x, 1 − q)")?;
        let want = -quantile(x, *q).accepted("quantile(x, q)")?;
        let look = "The law wants −quantile(x, q): from the top down the picture is the same. Which \
                    neighbor is favored?";
        close("quantile(−x, 1 − q)", got, want, rounding(16, 16.0), look)
    });
}

#[test]
fn the_order_of_the_sample_does_not_matter() {
    for_all("x, q, seed", (any::vector(1..=9), share(), any::seed())).holds(|(x, q, seed)| {
        let mut shuffled = x.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let got = quantile(&shuffled, *q).accepted("quantile(shuffled, q)")?;
        let want = quantile(x, *q).accepted("quantile(x, q)")?;
        let look = format!("The same numbers in the order {shuffled:?} gave another quantile.");
        close("quantile(shuffled, q)", got, want, rounding(16, 16.0), look)
    });
}

#[test]
fn numbers_between_the_eighths_keep_all_their_digits() {
    for_all("x, n, q", (any::entry(), 1..=6_usize, share())).holds(|&(x, n, q)| {
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
fn in_another_unit_it_is_the_same_in_that_unit() {
    for_all("x, k", (any::vector(1..=9), -300..=300_i32)).holds(|(x, k)| {
        let unit = 2.0_f64.powi(*k);
        let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
        let want = quantile(x, 0.3125).accepted("quantile(x, 0.3125)")?;
        let got = quantile(&scaled, 0.3125).accepted("quantile(2ᵏ·x, 0.3125)")?;
        let look = "All numbers were multiplied by 2ᵏ, which rounds nothing and leaves their order. How are \
                    they compared?";
        close("quantile(2ᵏ·x, 0.3125)/2ᵏ", got / unit, want, rounding(8, 16.0), look)
    });
}

#[test]
fn an_empty_sample_has_no_quantile() {
    for_all("q", select(vec![0.5, 0.0, 1.0, 2.0, f64::NAN])).holds(|&q| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "quantile([], q)",
            quantile(&[], q),
            want,
            "Without numbers no q makes sense. Ask for the length first.",
        )
    });
}

#[test]
fn a_q_that_is_no_share_is_rejected() {
    let outside = select(vec![-0.125, 1.125, 50.0, 1.0_f64.next_up(), -f64::MIN_POSITIVE]);
    for_all("x, q", (any::vector(1..=3), outside)).holds(|(x, q)| {
        let want = InputError::OutOfRange { name: "q", got: *q, wanted: "0 ≤ q ≤ 1" };
        rejected("quantile(x, q)", quantile(x, *q), want, "A share lies between 0 and 1; percent do not.")
    });
}

#[test]
fn a_q_that_is_no_number_is_rejected() {
    for_all("x, q", (any::vector(1..=3), any::not_finite())).holds(|(x, q)| {
        let want = InputError::NotFinite { name: "q", index: 0 };
        rejected(
            "quantile(x, q)",
            quantile(x, *q),
            want,
            "Every comparison with NaN is false. Ask for it first.",
        )
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, i", spoiled()).holds(|(x, i)| {
        let look = "A NaN has no place in an order. Look through x before you sort, from the front.";
        for q in [0.5, f64::NAN, 2.0] {
            let want = InputError::NotFinite { name: "x", index: *i };
            rejected(&format!("quantile(x, {q})"), quantile(x, q), want, look)?;
        }
        Ok(())
    });
}
