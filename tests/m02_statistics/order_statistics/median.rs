use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::order_statistics::median;
use kit::{Generator, InputError};

use crate::m02_statistics::moments::samples::spoiled;

#[test]
fn of_an_odd_number_it_is_the_one_in_the_middle() {
    for_all("below, above, middle", any::vectors(0..=3)).holds(|[below, above, middle]| {
        // From −16 to −8.125, from −8 to 8, from 8.125 to 24: in order by construction.
        let middle = middle.first().copied().unwrap_or(0.5);
        let x: Vec<f64> = above
            .iter()
            .map(|x| x + 16.125)
            .chain(below.iter().map(|x| x - 16.125))
            .chain([middle])
            .collect();
        let look =
            format!("In order {middle} has {} numbers on either side. Sort a copy, by size.", below.len());
        let got = median(&x).accepted("median(x)")?;
        close(&format!("median({x:?})"), got, middle, rounding(4, 32.0), look)
    });
}

#[test]
fn of_an_even_number_it_is_halfway_between_the_middle_two() {
    for_all("a, b, far", (any::eighth(), any::eighth(), any::vectors(0..=3))).holds(|(a, b, [low, high])| {
        let far = high.iter().map(|x| x + 16.125).chain(low.iter().map(|x| x - 16.125));
        let x: Vec<f64> = [*a].into_iter().chain(far).chain([*b]).collect();
        let look = format!(
            "The middle two are {a} and {b}; the median lies halfway, be it a number of the sample or not."
        );
        let got = median(&x).accepted("median(x)")?;
        close(&format!("median({x:?})"), got, (a + b) / 2.0, rounding(4, 32.0), look)
    });
}

#[test]
fn numbers_that_nearly_coincide_still_have_a_middle() {
    for_all("a, k", (any::eighth(), 0..=36_i32)).holds(|&(a, k)| {
        let b = a + 2.0_f64.powi(-k) / 3.0;
        let got = median(&[b, a]).accepted("median([b, a])")?;
        let look = format!(
            "Halfway from {a} to {b}: however close they are, it is neither. Is every step in 64 bits?"
        );
        close(&format!("median([{b}, {a}])"), got, a + (b - a) / 2.0, rounding(4, 9.0), look)
    });
}

#[test]
fn of_many_numbers_in_a_row_it_is_the_mean_of_the_first_and_the_last() {
    for_all("n, seed", (1..=200_u8, any::seed())).holds(|&(n, seed)| {
        let mut x: Vec<f64> = (1..=n).map(f64::from).collect();
        Generator::from_seed(seed).shuffle(&mut x);
        let got = median(&x).accepted("median(1, …, n in any order)")?;
        let look =
            format!("{x:?} are the numbers from 1 to {n}. Are they in order when you take the middle?");
        close("median(1, …, n in any order)", got, f64::from(n + 1) / 2.0, rounding(4, 200.0), look)
    });
}

#[test]
fn half_of_the_sample_lies_on_either_side() {
    for_all("x", any::vector(1..=9)).holds(|x| {
        let got = median(x).accepted("median(x)")?;
        let (below, above) = (x.iter().filter(|&&x| x < got).count(), x.iter().filter(|&&x| x > got).count());
        ensure(2 * below <= x.len() && 2 * above <= x.len(), || {
            let came = format!("median(x) = {got}, with {below} numbers below and {above} above");
            let look = "Is the sample in order when you take its middle, and is the index counted from 0?";
            Broken::answer(came, format!("at most {} on either side", x.len() / 2), look)
        })
    });
}

#[test]
fn the_order_of_the_sample_does_not_matter() {
    for_all("x, seed", (any::vector(1..=9), any::seed())).holds(|(x, seed)| {
        let mut shuffled = x.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let (got, want) = (median(&shuffled).accepted("median(shuffled)")?, median(x).accepted("median(x)")?);
        let look = format!("The same numbers in the order {shuffled:?} gave another median.");
        close("median(shuffled)", got, want, rounding(4, 8.0), look)
    });
}

#[test]
fn an_outlier_does_not_move_it() {
    for_all("x", any::vector(3..=9)).holds(|x| {
        let mut spoiled = x.clone();
        if let Some(largest) = spoiled.iter_mut().max_by(|a, b| a.total_cmp(b)) {
            *largest = 1e300;
        }
        let (got, want) = (median(&spoiled).accepted("median(spoiled)")?, median(x).accepted("median(x)")?);
        let look = format!(
            "In {spoiled:?} only the largest number grew: the median, unlike the mean, does not see it."
        );
        close("median(spoiled)", got, want, rounding(4, 8.0), look)
    });
}

#[test]
fn numbers_between_the_eighths_keep_all_their_digits() {
    for_all("x, n", (any::entry(), 1..=6_usize)).holds(|&(x, n)| {
        let got = median(&vec![x; n]).accepted("median([x, …, x])")?;
        close(
            "median([x, …, x])",
            got,
            x,
            rounding(2, x),
            "All numbers are equal, so the median is that number.",
        )
    });
}

#[test]
fn in_another_unit_it_is_the_same_in_that_unit() {
    for_all("x, k", (any::vector(1..=9), -300..=300_i32)).holds(|(x, k)| {
        let unit = 2.0_f64.powi(*k);
        let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
        let want = median(x).accepted("median(x)")?;
        let got = median(&scaled).accepted("median(2ᵏ·x)")?;
        let look = "All numbers were multiplied by 2ᵏ, which rounds nothing and leaves their order. How are \
                    they compared?";
        close("median(2ᵏ·x)/2ᵏ", got / unit, want, rounding(8, 16.0), look)
    });
}

#[test]
fn an_empty_sample_has_no_median() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("median([])", median(&[]), want, "There is no middle. Ask for the length first.")
    })
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, i", spoiled()).holds(|(x, i)| {
        let look = "A NaN has no place in an order. Look through x before you sort, from the front.";
        rejected("median(x)", median(x), InputError::NotFinite { name: "x", index: *i }, look)
    });
}
