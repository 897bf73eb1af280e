use judge::{Answer, any, close, for_all, rejected};
use katas::m01_linear_algebra::vectors::add;
use kit::InputError;
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};

use super::not_finite_in_place;

#[test]
fn each_entry_is_the_sum_of_two() {
    let pair = (any::entry(), any::entry());
    let pairs = prop_oneof![7 => vec(pair.clone(), 0..=6), 1 => vec(pair, 7..=40)];
    let inputs = pairs.prop_map(|pairs| pairs.into_iter().unzip::<f64, f64, Vec<f64>, Vec<f64>>().into());
    for_all("x, y", inputs).holds(|[x, y]: &[Vec<f64>; 2]| {
        // No tolerance: one addition of two numbers is rounded in one way only.
        let want: Vec<f64> = (0..x.len()).map(|i| x[i] + y[i]).collect();
        let got = add(x, y).accepted("add(x, y)")?;
        let look = "Entry i of the sum needs entry i of both vectors and no other. Which entry is off?";
        close("add(x, y)", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn the_order_of_the_two_vectors_does_not_matter() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| {
        let (got, want) = (add(x, y).accepted("add(x, y)")?, add(y, x).accepted("add(y, x)")?);
        let look = "add(y, x) gave the other vector. Do both vectors play the same part?";
        close("add(x, y)", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn the_brackets_do_not_matter() {
    for_all("x, y, z", any::vectors(0..=6)).holds(|[x, y, z]| {
        let left = add(&add(x, y).accepted("add(x, y)")?, z).accepted("add(x + y, z)")?;
        let right = add(x, &add(y, z).accepted("add(y, z)")?).accepted("add(x, y + z)")?;
        // No tolerance: sums of three eighths are exact.
        let look =
            "x + (y + z) gave the other vector. A sum is a vector like any other: it can be added again.";
        close("add(x + y, z)", &left[..], &right[..], 0.0, look)
    });
}

#[test]
fn adding_zeros_changes_nothing() {
    for_all("x", vec(any::entry(), 0..=6)).holds(|x| {
        let zeros = vec![0.0; x.len()];
        let got = add(x, &zeros).accepted("add(x, 0)")?;
        close("add(x, 0)", &got[..], &x[..], 0.0, "x + 0 = x, with as many entries as x has.")
    });
}

#[test]
fn adding_the_opposite_gives_zeros() {
    for_all("x", vec(any::entry(), 0..=6)).holds(|x| {
        let opposite: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = add(x, &opposite).accepted("add(x, −x)")?;
        let zeros = vec![0.0; x.len()];
        close("add(x, −x)", &got[..], &zeros[..], 0.0, "Every entry meets its opposite: nothing is left.")
    });
}

#[test]
fn lengths_that_differ_are_rejected_never_cut() {
    for_all("x, y", any::unequal_vectors()).holds(|[x, y]| {
        let (left, right) = (x.len(), y.len());
        let look = "Entries without a partner have no sum, and `zip` drops them silently. Compare the \
                    lengths first, x's on the left.";
        rejected("add(x, y)", add(x, y), InputError::LengthMismatch { left, right }, look)
    });
}

#[test]
fn a_nan_or_an_infinity_stays_in_its_place() {
    let entry = || prop_oneof![any::eighth(), any::not_finite()];
    let pairs = vec((entry(), entry()), 1..=4);
    let inputs = pairs.prop_map(|pairs| pairs.into_iter().unzip::<f64, f64, Vec<f64>, Vec<f64>>().into());
    for_all("x, y", inputs).holds(|[x, y]: &[Vec<f64>; 2]| {
        let want: Vec<f64> = (0..x.len()).map(|i| x[i] + y[i]).collect();
        let got = add(x, y).accepted("add(x, y)")?;
        not_finite_in_place(
            "add(x, y)",
            &got,
            &want,
            "Leave NaN and ∞ to `+`: it carries them on, each in its own entry.",
        )
    });
}
