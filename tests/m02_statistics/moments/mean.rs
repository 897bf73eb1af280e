use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::mean;
use kit::InputError;
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::sample::select;

use super::samples::{short_or_long, spoiled};
use crate::m02_statistics::exact;

#[test]
fn it_is_the_sum_over_n() {
    for_all("x", short_or_long(1)).holds(|x| {
        let got = mean(x).accepted("mean(x)")?;
        // A mean that is moved on with each number rounds three times at each.
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        close("mean(x)", got, exact::mean(x), tolerance, "Add up all n numbers and divide by n, once.")
    });
}

#[test]
fn it_lies_between_the_smallest_and_the_largest_number() {
    for_all("x", vec(any::entry(), 1..=6)).holds(|x| {
        let got = mean(x).accepted("mean(x)")?;
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        let (low, high) = x.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
        ensure(low - tolerance <= got && got <= high + tolerance, || {
            let look =
                "A mean balances the numbers: it cannot lie outside of them. Which n is it divided by?";
            Broken::answer(format!("mean(x) = {got}"), format!("a number from {low} to {high}"), look)
        })
    });
}

#[test]
fn it_follows_a_stretch_and_a_shift() {
    for_all("a, c, x", (any::eighth(), any::eighth(), any::vector(1..=6))).holds(|(a, c, x)| {
        let moved: Vec<f64> = x.iter().map(|x| a * x + c).collect();
        let (got, of_x) = (mean(&moved).accepted("mean(a·x + c)")?, mean(x).accepted("mean(x)")?);
        let tolerance = rounding(8 * x.len() + 2, a.abs() * exact::largest(x) + c.abs());
        close(
            "mean(a·x + c)",
            got,
            a * of_x + c,
            tolerance,
            "The law wants a·mean(x) + c, whatever a and c are.",
        )
    });
}

#[test]
fn rounding_stays_below_n_times_epsilon_times_the_largest() {
    for_all("x", vec(any::entry(), 1..=30)).holds(|x| {
        // The sum of eighths, 1e16 and 1e100, with what each addition loses kept aside (Neumaier).
        let (sum, lost) = x.iter().fold((0.0_f64, 0.0_f64), |(sum, lost), &x| {
            let next = sum + x;
            let gone = if sum.abs() >= x.abs() { (sum - next) + x } else { (x - next) + sum };
            (next, lost + gone)
        });
        let want = (sum + lost) / x.len() as f64;
        let look = "Beyond the rounding of n sums something was lost. Is every number kept in 64 bits?";
        let got = mean(x).accepted("mean(x)")?;
        close("mean(x)", got, want, rounding(4 * x.len(), exact::largest(x)), look)
    });
}

#[test]
fn numbers_up_to_1e300_over_n_are_no_trouble() {
    let sizes = (select(vec![1e300, -1e300, 1e-300]), 1..=8_usize);
    for_all("x", sizes.prop_map(|(size, n)| vec![size / n as f64; n])).holds(|x| {
        let got = mean(x).accepted("mean(x)")?;
        let look =
            "All numbers are equal, so the mean is that number. What becomes infinite, or 0, on the way?";
        close("mean(x)", got, x[0], rounding(4 * x.len(), x[0]), look)
    });
}

#[test]
fn an_empty_sample_has_no_mean() {
    example(|| rejected("mean([])", mean(&[]), InputError::TooFew { got: 0, wanted: 1 }, "0/0 is no number."))
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, i", spoiled()).holds(|(x, i)| {
        let look =
            "One unknown number makes the mean unknown. Look through x before you add, from the front.";
        rejected("mean(x)", mean(x), InputError::NotFinite { name: "x", index: *i }, look)
    });
}

#[test]
fn one_two_and_six_have_the_mean_three() {
    example(|| {
        let got = mean(&[1.0, 2.0, 6.0]).accepted("mean([1, 2, 6])")?;
        close("mean([1, 2, 6])", got, 3.0, rounding(12, 6.0), "9/3: all three count, and equally much.")
    });
}
