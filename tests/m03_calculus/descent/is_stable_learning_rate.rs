use judge::any::vec;
use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m03_calculus::descent::is_stable_learning_rate;
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::rejection::{not_finite, out_of_range};
use crate::m03_calculus::walker::not_positive;

fn curvatures() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    any::length(1..=8, 257).prop_flat_map(|n| vec(any::nonzero().prop_map(f64::abs), n))
}

/// Where something is wrong: anywhere, and often at the end.
fn place() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => 0..257_usize, 1 => Just(usize::MAX)]
}

fn within(place: usize, n: usize) -> usize {
    if place == usize::MAX { n - 1 } else { place % n }
}

#[test]
fn is_stable_if_every_factor_is_below_one() {
    // In eighths the product η·L is exact, and often just 2.
    for_all("η, L", (any::nonzero().prop_map(|rate| rate.abs() / 8.0), curvatures())).holds(
        |(rate, curvatures)| {
            let factors: Vec<f64> = curvatures.iter().map(|l| 1.0 - rate * l).collect();
            let want = factors.iter().all(|factor| factor.abs() < 1.0);
            let got = is_stable_learning_rate(*rate, curvatures).accepted("is_stable_learning_rate(η, L)")?;
            let look =
                format!("A step multiplies the distance along each axis by 1 − ηL, here by {factors:?}.");
            equal("is_stable_learning_rate(η, L)", got, want, look)
        },
    );
}

#[test]
fn is_unstable_for_a_single_large_curvature() {
    for_all("L, place", (curvatures(), place())).holds(|(curvatures, place)| {
        let mut with_steep = curvatures.clone();
        with_steep.insert(within(*place, curvatures.len() + 1), 64.0);
        let call = format!("is_stable_learning_rate(1/16, {with_steep:?})");
        let got = is_stable_learning_rate(0.0625, &with_steep).accepted(&call)?;
        equal(
            &call,
            got,
            false,
            "For L = 64 the factor is 1 − 64/16 = −3, so it diverges. Is every curvature checked?",
        )
    });
}

#[test]
fn is_stable_between_one_and_two_over_l() {
    example(|| {
        let call = "is_stable_learning_rate(1.5, [1])";
        let got = is_stable_learning_rate(1.5, &[1.0]).accepted(call)?;
        equal(call, got, true, "1 − ηL = −½: it oscillates, but the distance is halved in each step.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::descent::is_stable_learning_rate;
        assert_eq!(is_stable_learning_rate(0.5, &[3.0, 1.0]), Ok(true));
        assert_eq!(is_stable_learning_rate(1.0, &[3.0, 1.0]), Ok(false));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_near_two_over_the_largest_curvature() {
        for_all("L, above, k, u", (curvatures(), any::<bool>(), 10..=46_i32, -900..=900_i32)).holds(
            |(curvatures, above, k, u)| {
                // In any unit 2ᵘ, and however near.
                let curvatures: &Vec<f64> = &curvatures.iter().map(|l| l * 2.0_f64.powi(*u)).collect();
                let (largest, near) = (curvatures.iter().copied().fold(0.0, f64::max), 0.5_f64.powi(*k));
                let rate = 2.0 / largest * if *above { 1.0 + near } else { 1.0 - near };
                let got =
                    is_stable_learning_rate(rate, curvatures).accepted("is_stable_learning_rate(η, L)")?;
                let look = format!(
                    "η·L is {} for the largest curvature. Is η·L compared with 2, for every curvature?",
                    rate * largest
                );
                equal(&format!("is_stable_learning_rate({rate:e}, 2ᵘ·L)"), got, !above, look)
            },
        );
    }

    #[test]
    fn is_stable_for_every_product_below_two() {
        // η·L from 2⁻⁴⁸ to beyond the largest number; η itself of any size.
        let product = prop_oneof![3 => -48..=0_i32, 1 => 2..=48_i32, 1 => 900..=1030_i32];
        for_all("k, u, n", (product, -450..=450_i32, any::length(1..=5, 129))).holds(|&(k, u, n)| {
            let (rate, l) = (2.0_f64.powi(u + k / 2), 2.0_f64.powi(k - k / 2 - u));
            let curvatures = vec![l; n];
            let call = format!("is_stable_learning_rate({rate:e}, [{l:e}; {n}])");
            let got = is_stable_learning_rate(rate, &curvatures).accepted(&call)?;
            let look = "A slow descent converges as well: ηL = 2ᵏ only has to lie between 0 and 2.";
            equal(&call, got, k <= 0, look)
        });
    }

    #[test]
    fn is_unstable_at_exactly_two_over_l() {
        for_all("k", -900..=900_i32).holds(|&k| {
            let l = 2.0_f64.powi(k);
            let call = format!("is_stable_learning_rate({}, [{l}])", 2.0 / l);
            let got = is_stable_learning_rate(2.0 / l, &[l]).accepted(&call)?;
            equal(&call, got, false, "1 − ηL = −1: x oscillates between x and −x and does not converge.")
        });
    }

    #[test]
    fn rejects_no_curvatures() {
        example(|| {
            let got = is_stable_learning_rate(0.5, &[]);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "is_stable_learning_rate(½, [])",
                got,
                want,
                "`all` of an empty iterator is true. There has to be a curvature.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        let inputs = (curvatures(), place(), any::not_finite(), any::<bool>());
        for_all("L, i, bad, in L", inputs).holds(|(curvatures, i, bad, in_curvatures)| {
            let (mut curvatures, i) = (curvatures.clone(), within(*i, curvatures.len()));
            let (name, index, rate) =
                if *in_curvatures { ("curvatures", i, 0.5) } else { ("learning_rate", 0, *bad) };
            if *in_curvatures {
                // The first one counts.
                curvatures[i..].fill(*bad);
            }
            let call = format!("is_stable_learning_rate({rate}, {curvatures:?})");
            let look = "All comparisons with NaN are false. Check for NaN and infinity first.";
            // −∞ is not positive either.
            let range = (*bad < 0.0).then_some(*bad);
            not_finite(&call, is_stable_learning_rate(rate, &curvatures), (name, index), range, look)
        });
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        for_all("η, L", (not_positive(), curvatures())).holds(|(rate, curvatures)| {
            let call = format!("is_stable_learning_rate({rate}, L)");
            let got = is_stable_learning_rate(*rate, curvatures);
            out_of_range(&call, got, "learning_rate", *rate, "A learning rate has to be positive.")
        });
    }

    #[test]
    fn rejects_a_curvature_that_is_not_positive() {
        let inputs = (curvatures(), place(), not_positive());
        for_all("L, i, bad", inputs).holds(|(curvatures, i, bad)| {
            let mut curvatures = curvatures.clone();
            let i = within(*i, curvatures.len());
            curvatures[i] = *bad;
            // Another one behind it; the error contains the first.
            curvatures.push(bad - 1.0);
            let got = is_stable_learning_rate(0.001, &curvatures);
            let call = format!("is_stable_learning_rate(0.001, {curvatures:?})");
            let look = "A curvature has to be positive. The error contains the first one that is not.";
            out_of_range(&call, got, "curvatures", *bad, look)
        });
    }

    #[test]
    fn rejects_a_curvature_of_zero() {
        example(|| {
            let got = is_stable_learning_rate(0.5, &[0.0]);
            let look = "With a curvature of 0 the distance does not shrink.";
            out_of_range("is_stable_learning_rate(½, [0])", got, "curvatures", 0.0, look)
        });
    }

    #[test]
    fn checks_every_one_of_many_curvatures_of_every_magnitude() {
        let curvatures =
            any::length(1..=8, 257).prop_flat_map(|n| vec(any::magnitude(-5, 7).prop_map(f64::abs), n));
        let unit = (-900..=900_i32).prop_map(|k| 2.0_f64.powi(k));
        for_all("L/unit, unit, place, stable", (curvatures, unit, 0..257_usize, any::<bool>())).holds(
            |(l, unit, place, stable)| {
                let (mut l, place) = (l.iter().map(|l| l * unit).collect::<Vec<f64>>(), place % l.len());
                let largest = l.iter().copied().fold(0.0, f64::max);
                // The largest curvature is at any place, the others are at most 10¹² times smaller; a hundred millionth decides.
                l[place] = largest * 1.5;
                let rate = 2.0 / l[place] * if *stable { 1.0 - 1e-8 } else { 1.0 + 1e-8 };
                let got = is_stable_learning_rate(rate, &l).accepted("is_stable_learning_rate(η, L)")?;
                let look = format!(
                    "η·L is {} for L[{place}], the largest curvature. Is every curvature checked?",
                    rate * l[place]
                );
                equal(&format!("is_stable_learning_rate({rate:e}, L)"), got, *stable, look)
            },
        );
    }

    #[test]
    fn is_stable_for_a_small_learning_rate_and_small_curvatures() {
        let small = || (1..=9_u8).prop_map(|k| f64::from(k) * 1e-4);
        for_all("η, L", (small(), vec(small(), 1..=5))).holds(|(rate, curvatures)| {
            let got = is_stable_learning_rate(*rate, curvatures).accepted("is_stable_learning_rate(η, L)")?;
            equal("is_stable_learning_rate(η, L)", got, true, "ηL is far below 2 for every curvature.")
        });
    }
}
