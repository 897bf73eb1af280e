use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m02_statistics::order_statistics::median;
use kit::{Generator, InputError};
use proptest::prelude::{Strategy, prop_oneof};

use crate::m02_statistics::moments::samples::spoiled;
use crate::m02_statistics::range;

#[test]
fn is_the_middle_value_for_odd_n() {
    let parts = any::length(0..=3, 257).prop_flat_map(|n| any::vectors(n..=n));
    for_all("below, above, middle", parts).holds(|[below, above, middle]| {
        // From −16 to −8.125, from −8 to 8, from 8.125 to 24: in order by construction.
        let middle = middle.first().copied().unwrap_or(0.5);
        let x: Vec<f64> = above
            .iter()
            .map(|x| x + 16.125)
            .chain(below.iter().map(|x| x - 16.125))
            .chain([middle])
            .collect();
        let look =
            format!("In the sorted sample {middle} has {} numbers on either side. Sort a copy.", below.len());
        let got = median(&x).accepted("median(x)")?;
        close(&format!("median({x:?})"), got, middle, rounding(4, 32.0), look)
    });
}

#[test]
fn is_the_mean_of_the_middle_two_for_even_n() {
    let far = any::length(0..=3, 257).prop_flat_map(|n| any::vectors(n..=n));
    for_all("a, b, far", (any::eighth(), any::eighth(), far)).holds(|(a, b, [low, high])| {
        let far = high.iter().map(|x| x + 16.125).chain(low.iter().map(|x| x - 16.125));
        let x: Vec<f64> = [*a].into_iter().chain(far).chain([*b]).collect();
        let look = format!("The middle two are {a} and {b}; the median is their mean.");
        let got = median(&x).accepted("median(x)")?;
        close(&format!("median({x:?})"), got, (a + b) / 2.0, rounding(4, 32.0), look)
    });
}

#[test]
fn is_the_midpoint_of_a_shuffled_range() {
    for_all("n, seed", (any::length(1..=20, 1025), any::seed())).holds(|&(n, seed)| {
        let mut x: Vec<f64> = (1..=n).map(|k| k as f64).collect();
        Generator::from_seed(seed).shuffle(&mut x);
        let got = median(&x).accepted("median(1, …, n in any order)")?;
        let look = format!("{x:?} are the numbers from 1 to {n}. Are they sorted when you take the middle?");
        close("median(1, …, n in any order)", got, (n + 1) as f64 / 2.0, rounding(4, 1025.0), look)
    });
}

#[test]
fn splits_the_sample_in_halves() {
    for_all("x", range::sample(1, 9)).holds(|x| {
        let got = median(x).accepted("median(x)")?;
        let (below, above) = (x.iter().filter(|&&x| x < got).count(), x.iter().filter(|&&x| x > got).count());
        ensure(2 * below <= x.len() && 2 * above <= x.len(), || {
            let came = format!("median(x) = {got}, with {below} numbers below and {above} above");
            let look = "Is the sample sorted when you take its middle, and is the index counted from 0?";
            Broken::answer(came, format!("at most {} on either side", x.len() / 2), look)
        })
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("x, seed", (any::vector(1..=9), any::seed())).holds(|(x, seed)| {
        let mut shuffled = x.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let (got, want) = (median(&shuffled).accepted("median(shuffled)")?, median(x).accepted("median(x)")?);
        let look =
            format!("The same numbers in the order {shuffled:?} have the same median, the value above.");
        close("median(shuffled)", got, want, rounding(4, 8.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::order_statistics::median;
        assert_eq!(median(&[5.0, 1.0, 2.0]), Ok(2.0));
        assert_eq!(median(&[5.0, 1.0, 2.0, 3.0]), Ok(2.5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_for_nearly_equal_numbers() {
        for_all("a, k", (any::eighth(), 0..=36_i32)).holds(|&(a, k)| {
            let b = a + 2.0_f64.powi(-k) / 3.0;
            let got = median(&[b, a]).accepted("median([b, a])")?;
            let look = format!("The mean of {a} and {b}, however close they are. Is every step in f64?");
            close(&format!("median([{b}, {a}])"), got, a + (b - a) / 2.0, rounding(4, 9.0), look)
        });
    }

    #[test]
    fn ignores_an_outlier() {
        for_all("x", range::sample(3, 9)).holds(|x| {
            let mut spoiled = x.clone();
            if let Some(largest) = spoiled.iter_mut().max_by(|a, b| a.total_cmp(b)) {
                *largest = 1e300;
            }
            let (got, want) =
                (median(&spoiled).accepted("median(spoiled)")?, median(x).accepted("median(x)")?);
            let look = format!(
                "In {spoiled:?} only the maximum grew: the median, unlike the mean, does not change."
            );
            close("median(spoiled)", got, want, rounding(4, 8.0), look)
        });
    }

    #[test]
    fn keeps_all_digits_of_equal_numbers() {
        let largest = judge::any::select(vec![1e300, -1e300]);
        let entry = prop_oneof![3 => any::entry(), 3 => any::magnitude(-300, 300), 1 => largest];
        for_all("x, n", (entry, any::length(1..=6, 1025))).holds(|&(x, n)| {
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
    fn does_not_depend_on_the_unit() {
        for_all("x, k", (any::vector(1..=9), -990..=980_i32)).holds(|(x, k)| {
            let unit = 2.0_f64.powi(*k);
            let scaled: Vec<f64> = x.iter().map(|x| x * unit).collect();
            let want = median(x).accepted("median(x)")?;
            let got = median(&scaled).accepted("median(2ᵏ·x)")?;
            let look = "All numbers were multiplied by 2ᵏ, which causes no rounding and keeps their order. \
                        How are they compared?";
            close("median(2ᵏ·x)/2ᵏ", got / unit, want, rounding(8, 16.0), look)
        });
    }

    #[test]
    fn rejects_an_empty_sample() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("median([])", median(&[]), want, "The median of an empty sample is undefined.")
        })
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, i", spoiled()).holds(|(x, i)| {
            let look = "A NaN cannot be ordered. Search x for the first NaN or infinity before you sort.";
            rejected("median(x)", median(x), InputError::NotFinite { name: "x", index: *i }, look)
        });
    }

    #[test]
    fn is_accurate_for_large_samples_and_numbers_of_every_magnitude() {
        let large = any::length(1..=9, 1025).prop_flat_map(any::entries);
        let vast = any::length(1..=9, 257).prop_flat_map(|n| range::entries(n, -300, 300));
        let inputs = prop_oneof![any::wide_vector(1..=9), large, vast];
        for_all("x", inputs).holds(|x| {
            let mut sorted = x.clone();
            sorted.sort_by(f64::total_cmp);
            let n = x.len();
            let (low, high) = (sorted[(n - 1) / 2], sorted[n / 2]);
            let got = median(x).accepted("median(x)")?;
            let look =
                format!("The middle of the {n} sorted numbers: {low} and {high}. Does every number count?");
            close("median(x)", got, low + (high - low) / 2.0, rounding(4, low.abs().max(high.abs())), look)
        });
    }
}
