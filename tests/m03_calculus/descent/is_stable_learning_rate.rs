use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m03_calculus::descent::is_stable_learning_rate;
use kit::InputError;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::m03_calculus::rejection::out_of_range;

fn curvatures() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    vec(any::nonzero().prop_map(f64::abs), 1..=8)
}

#[test]
fn it_says_whether_every_distance_shrinks() {
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
fn the_border_lies_at_2_over_the_largest_curvature() {
    for_all("L, above, k, u", (curvatures(), any::<bool>(), 10..=40_i32, -300..=300_i32)).holds(
        |(curvatures, above, k, u)| {
            // In any unit 2ᵘ, and however near.
            let curvatures: &Vec<f64> = &curvatures.iter().map(|l| l * 2.0_f64.powi(*u)).collect();
            let (largest, near) = (curvatures.iter().copied().fold(0.0, f64::max), 0.5_f64.powi(*k));
            let rate = 2.0 / largest * if *above { 1.0 + near } else { 1.0 - near };
            let got = is_stable_learning_rate(rate, curvatures).accepted("is_stable_learning_rate(η, L)")?;
            let look = format!(
                "η·L is {} along the steepest axis. Which axis is in danger first, and is anything but 2 \
                 compared with?",
                rate * largest
            );
            equal(&format!("is_stable_learning_rate({rate:e}, 2ᵘ·L)"), got, !above, look)
        },
    );
}

#[test]
fn at_just_2_over_l_it_swings_for_ever() {
    for_all("k", -6..=6_i32).holds(|&k| {
        let l = 2.0_f64.powi(k);
        let call = format!("is_stable_learning_rate({}, [{l}])", 2.0 / l);
        let got = is_stable_learning_rate(2.0 / l, &[l]).accepted(&call)?;
        equal(&call, got, false, "1 − ηL = −1: from x to −x and back, never nearer.")
    });
}

#[test]
fn a_single_steep_axis_anywhere_is_enough() {
    for_all("L, place", (curvatures(), 0..=8_usize)).holds(|(curvatures, place)| {
        let mut with_steep = curvatures.clone();
        with_steep.insert(place % (curvatures.len() + 1), 64.0);
        let call = format!("is_stable_learning_rate(1/16, {with_steep:?})");
        let got = is_stable_learning_rate(0.0625, &with_steep).accepted(&call)?;
        equal(
            &call,
            got,
            false,
            "Along the axis with L = 64 the distance grows by 1 − 64/16 = −3. Is each axis asked?",
        )
    });
}

#[test]
fn no_curvature_at_all_is_rejected() {
    example(|| {
        let got = is_stable_learning_rate(0.5, &[]);
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("is_stable_learning_rate(½, [])", got, want, "`all` of nothing is true. A bowl has an axis.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected() {
    let inputs = (curvatures(), 0..4_usize, any::not_finite(), any::<bool>());
    for_all("L, i, bad, in L", inputs).holds(|(curvatures, i, bad, in_curvatures)| {
        let (mut curvatures, i) = (curvatures.clone(), i % curvatures.len());
        let (name, index, rate) =
            if *in_curvatures { ("curvatures", i, 0.5) } else { ("learning_rate", 0, *bad) };
        if *in_curvatures {
            // The first one counts.
            curvatures[i..].fill(*bad);
        }
        let call = format!("is_stable_learning_rate({rate}, {curvatures:?})");
        let look = "A comparison with NaN is false, and says nothing. Look before you compare.";
        rejected(
            &call,
            is_stable_learning_rate(rate, &curvatures),
            InputError::NotFinite { name, index },
            look,
        )
    });
}

#[test]
fn a_learning_rate_that_is_not_positive_is_rejected() {
    for_all("η, L", (any::eighth().prop_map(|rate| 0.0 - rate.abs()), curvatures())).holds(
        |(rate, curvatures)| {
            let call = format!("is_stable_learning_rate({rate}, L)");
            let got = is_stable_learning_rate(*rate, curvatures);
            out_of_range(
                &call,
                got,
                "learning_rate",
                *rate,
                "With 0 nothing moves, with a negative one it climbs.",
            )
        },
    );
}

#[test]
fn a_curvature_that_is_not_positive_is_rejected() {
    let inputs = (curvatures(), 0..4_usize, any::eighth().prop_map(|l| 0.0 - l.abs()));
    for_all("L, i, bad", inputs).holds(|(curvatures, i, bad)| {
        let mut curvatures = curvatures.clone();
        let i = i % curvatures.len();
        curvatures[i] = *bad;
        // Another one behind it, which is not to be named.
        curvatures.push(bad - 1.0);
        let got = is_stable_learning_rate(0.001, &curvatures);
        let call = format!("is_stable_learning_rate(0.001, {curvatures:?})");
        let look = "Along that axis there is no lowest point to settle at. The first one is to be named.";
        out_of_range(&call, got, "curvatures", *bad, look)
    });
}

#[test]
fn beyond_1_over_l_it_swings_and_still_shrinks() {
    example(|| {
        let call = "is_stable_learning_rate(1.5, [1])";
        let got = is_stable_learning_rate(1.5, &[1.0]).accepted(call)?;
        equal(call, got, true, "1 − ηL = −½: to the other side each time, at half the distance.")
    });
}

#[test]
fn a_level_axis_alone_is_rejected() {
    example(|| {
        let got = is_stable_learning_rate(0.5, &[0.0]);
        let look = "Along a level axis the distance stays as it is: it does not shrink.";
        out_of_range("is_stable_learning_rate(½, [0])", got, "curvatures", 0.0, look)
    });
}
