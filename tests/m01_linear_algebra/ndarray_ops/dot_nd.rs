use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::dot_nd;
use kit::InputError;
use ndarray::{Array1, aview1};
use proptest::collection::vec;
use proptest::prelude::Strategy;

use super::stored::{row, stored};

/// Σ|xᵢyᵢ|, the size that rounding is measured against.
fn size(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum()
}

#[test]
fn it_is_the_sum_of_the_products() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| {
        // Counted in 64ths the sum is a whole number, and exact.
        let in_64ths: i64 = x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum();
        let got = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
        let look = "Multiply entry by entry, with their signs, and add up all n products.";
        close("dot_nd(x, y)", got, in_64ths as f64 / 64.0, rounding(x.len(), size(x, y)), look)
    });
}

#[test]
fn it_does_not_matter_how_the_vectors_lie_in_memory() {
    let inputs = (any::vectors(1..=5), stored(), stored());
    for_all("x, y, x is stored, y is stored", inputs).holds(|([x, y], by_x, by_y)| {
        let got = dot_nd(row(x, *by_x).view(), row(y, *by_y).view()).accepted("dot_nd(x, y)")?;
        let want = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
        let look = "Stored entry after entry, the same vectors gave the other number. A view may run \
                    backwards or skip entries.";
        close("dot_nd(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
    });
}

#[test]
fn rounding_stays_below_n_times_epsilon_times_the_sum_of_sizes() {
    let pairs = vec((any::entry(), any::entry()), 1..40);
    let pairs =
        pairs.prop_map(|pairs| <[Vec<f64>; 2]>::from(pairs.into_iter().unzip::<f64, f64, Vec<_>, Vec<_>>()));
    for_all("x, y", pairs).holds(|[x, y]| {
        let want = x.iter().zip(y).fold(0.0, |sum, (x, y): (&f64, _)| x.mul_add(*y, sum));
        let got = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
        let look = "Beyond the rounding of n products and sums something was lost. Which term?";
        close("dot_nd(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
    });
}

#[test]
fn lengths_that_differ_are_rejected_never_stretched() {
    for_all("x, y", any::unequal_vectors()).holds(|[x, y]| {
        let want = InputError::LengthMismatch { left: x.len(), right: y.len() };
        let look = "`*` repeats a single entry, `dot` panics, `zip` cuts. Compare the lengths first, x's on \
                    the left.";
        rejected("dot_nd(x, y)", dot_nd(aview1(x), aview1(y)), want, look)
    });
}

#[test]
fn two_empty_vectors_give_zero() {
    example(|| {
        let empty = Array1::zeros(0);
        let got = dot_nd(empty.view(), empty.view()).accepted("dot_nd([], [])")?;
        close("dot_nd([], [])", got, 0.0, 0.0, "A sum without terms is 0.")
    });
}

#[test]
fn a_nan_is_not_hidden() {
    for_all("x, y, i", (any::vectors(1..=5), 0..5_usize)).holds(|([x, y], i)| {
        let mut with_nan = x.clone();
        with_nan[i % x.len()] = f64::NAN;
        let got = dot_nd(aview1(&with_nan), aview1(y)).accepted("dot_nd(x with a NaN, y)")?;
        ensure(got.is_nan(), || {
            let look = "A sum with an unknown term is unknown, even where the other factor is 0. What \
                        leaves the NaN out?";
            Broken::answer(format!("dot_nd({with_nan:?}, y) = {got}"), "NaN", look)
        })
    });
}

#[test]
fn one_times_three_and_two_times_four_make_eleven() {
    example(|| {
        let got = dot_nd(aview1(&[1.0, 2.0]), aview1(&[3.0, 4.0])).accepted("dot_nd([1, 2], [3, 4])")?;
        let look = "1·3 + 2·4: each entry of x meets the entry of y at its own place, and no other.";
        close("dot_nd([1, 2], [3, 4])", got, 11.0, rounding(2, 11.0), look)
    });
}
