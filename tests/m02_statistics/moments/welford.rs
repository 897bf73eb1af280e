use judge::{Answer, Broken, any, close, equal, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::{Moments, welford};
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::far_away;
use crate::m02_statistics::exact;

fn after(x: &[f64]) -> Result<Moments, Broken> {
    let step = |so_far, &x| welford(so_far, x).accepted("welford(so_far, x)");
    x.iter().try_fold(Moments::default(), step)
}

#[test]
fn each_number_counts_once() {
    for_all("x", any::vector(0..=6)).holds(|x| {
        let look = "Each step takes in one number more.";
        equal("count after all of x", after(x)?.count, x.len(), look)
    });
}

#[test]
fn the_mean_is_that_of_all_numbers_so_far() {
    for_all("x", any::vector(1..=6)).holds(|x| {
        let look = "A new number pulls the mean toward itself by one nth of its distance, n counting it too.";
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        close("mean after all of x", after(x)?.mean, exact::mean(x), tolerance, look)
    });
}

#[test]
fn squares_is_the_sum_of_squared_distances_from_the_mean() {
    for_all("x", any::vector(1..=6)).holds(|x| {
        let look = "Each step adds (x − old mean)·(x − new mean). With either mean twice the sum is too \
                    large or too small.";
        let size = x.iter().map(|x| x * x).sum();
        close(
            "squares after all of x",
            after(x)?.squares,
            exact::squares(x),
            rounding(12 * x.len(), size),
            look,
        )
    });
}

#[test]
fn one_number_is_its_own_mean_without_spread() {
    for_all("x", any::entry()).holds(|&x| {
        let got = welford(Moments::default(), x).accepted("welford(Moments::default(), x)")?;
        let look = "The first number: count 1, mean x, squares 0.";
        close("mean", got.mean, x, rounding(4, x), look)?;
        close("squares", got.squares, 0.0, rounding(4, x).powi(2), look)
    });
}

#[test]
fn after_many_numbers_the_next_one_counts_in_full() {
    let count = prop_oneof![1..=9_usize, (4..=40_u32).prop_map(|k| 3 << k)];
    for_all("n, mean, spread, x", (count, any::eighth(), any::eighth(), any::nonzero())).holds(
        |&(count, mean, spread, x)| {
            // n numbers at this distance from their mean, and one more: n/(n + 1)·(x − mean)² comes to the squares.
            let n = count as f64;
            let so_far = Moments { count, mean, squares: n * spread * spread };
            let got = welford(so_far, x).accepted("welford(so_far, x)")?;
            let look = "However many numbers came before, and however far off x lies: it pulls the mean by \
                        1/(n + 1) of its distance.";
            equal("count", got.count, count + 1, look)?;
            close("mean", got.mean, mean + (x - mean) / (n + 1.0), rounding(8, 16.0), look)?;
            let want = so_far.squares + (x - mean).powi(2) * n / (n + 1.0);
            close("squares", got.squares, want, rounding(8, want + 256.0), look)
        },
    );
}

#[test]
fn a_large_mean_does_not_drown_the_spread() {
    for_all("x", far_away()).holds(|x| {
        let look = "Going back to Σx² loses all digits: it has 18, and f64 keeps 16. Only distances from a \
                    mean are squared.";
        close(
            "squares after all of x",
            after(x)?.squares,
            exact::squares(x),
            exact::squares_tolerance(x),
            look,
        )
    });
}

#[test]
fn a_nan_or_an_infinity_is_rejected() {
    for_all("before, x", (any::vector(0..=3), any::not_finite())).holds(|(before, x)| {
        let got = welford(after(before)?, *x);
        let want = InputError::NotFinite { name: "x", index: 0 };
        rejected(
            "welford(so_far, x)",
            got,
            want,
            "Taken in, it could never be taken out again. Reject it at the door.",
        )
    });
}

#[test]
fn after_one_three_and_eight_the_squares_are_26() {
    example(|| {
        let got = after(&[1.0, 3.0, 8.0])?.squares;
        let look = "The means are 1, 2 and 4. To the squares come 0, then (3 − 1)·(3 − 2) = 2, then \
                    (8 − 2)·(8 − 4) = 24.";
        close("squares after 1, 3 and 8", got, 26.0, rounding(36, 74.0), look)
    });
}
