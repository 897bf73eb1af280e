use judge::{Answer, Broken, any, close, equal, example, for_all, rejected, rounding};
use katas::m02_statistics::moments::{Moments, welford};
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::far_away;
use crate::m02_statistics::{exact, range};

fn after(x: &[f64]) -> Result<Moments, Broken> {
    let step = |so_far, &x| welford(so_far, x).accepted("welford(so_far, x)");
    x.iter().try_fold(Moments::default(), step)
}

#[test]
fn counts_each_number_once() {
    for_all("x", range::sample(0, 6)).holds(|x| {
        let look = "Each update counts one more number.";
        equal("count after all of x", after(x)?.count, x.len(), look)
    });
}

#[test]
fn updates_the_mean() {
    for_all("x", range::sample(1, 6)).holds(|x| {
        let look = "A new number moves the mean toward itself by 1/n of its distance, where n includes it.";
        let tolerance = rounding(4 * x.len(), exact::largest(x));
        close("mean after all of x", after(x)?.mean, exact::mean(x), tolerance, look)
    });
}

#[test]
fn updates_the_sum_of_squares() {
    for_all("x", range::sample(1, 6)).holds(|x| {
        let look = "Each update adds (x − old mean)·(x − new mean). With one of them squared the sum is too \
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
fn follows_a_worked_example() {
    example(|| {
        let got = after(&[1.0, 3.0, 8.0])?.squares;
        let look = "The means are 1, 2 and 4. Added to the squares are 0, then (3 − 1)·(3 − 2) = 2, then (8 \
                    − 2)·(8 − 4) = 24.";
        close("squares after 1, 3 and 8", got, 26.0, rounding(36, 74.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::moments::{Moments, welford};
        let one = welford(Moments::default(), 1.0).unwrap();
        assert_eq!(welford(one, 5.0), Ok(Moments { count: 2, mean: 3.0, squares: 8.0 }));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn handles_a_single_number() {
        for_all("x", prop_oneof![any::entry(), any::magnitude(-300, 150)]).holds(|&x| {
            let got = welford(Moments::default(), x).accepted("welford(Moments::default(), x)")?;
            let look = "The first number: count 1, mean x, squares 0.";
            close("mean", got.mean, x, rounding(4, x), look)?;
            close("squares", got.squares, 0.0, rounding(4, x).powi(2), look)
        });
    }

    #[test]
    fn is_accurate_after_many_numbers() {
        let count = prop_oneof![1..=9_usize, (4..=48_u32).prop_map(|k| 3 << k)];
        for_all("n, mean, spread, x", (count, any::eighth(), any::eighth(), any::nonzero())).holds(
            |&(count, mean, spread, x)| {
                // n numbers at this distance from their mean, and one more: n/(n + 1)·(x − mean)² comes to the squares.
                let n = count as f64;
                let so_far = Moments { count, mean, squares: n * spread * spread };
                let got = welford(so_far, x).accepted("welford(so_far, x)")?;
                let look = "For any number of values before, and for an x far from the mean: the mean moves \
                            by 1/(n + 1) of its distance.";
                equal("count", got.count, count + 1, look)?;
                close("mean", got.mean, mean + (x - mean) / (n + 1.0), rounding(8, 16.0), look)?;
                let want = so_far.squares + (x - mean).powi(2) * n / (n + 1.0);
                close("squares", got.squares, want, rounding(8, want + 256.0), look)
            },
        );
    }

    #[test]
    fn is_accurate_for_a_large_mean() {
        for_all("x", far_away()).holds(|x| {
            let look = "Σx² has 18 digits, and f64 keeps 16: cancellation. Square only deviations from a \
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
    fn rejects_a_number_that_is_not_finite() {
        for_all("before, x", (range::sample(0, 3), any::not_finite())).holds(|(before, x)| {
            let got = welford(after(before)?, *x);
            let want = InputError::NotFinite { name: "x", index: 0 };
            rejected(
                "welford(so_far, x)",
                got,
                want,
                "A NaN or infinity would make every later state NaN. Reject it.",
            )
        });
    }

    #[test]
    fn is_accurate_for_numbers_of_every_magnitude() {
        let wide = (1..=9_usize, any::wide(), any::magnitude(-12, 7), any::wide());
        // No square overflows, and none of those that count underflows.
        let vast = || any::magnitude(-140, 146);
        let vast = (any::size(1..=9, 1025), vast(), any::magnitude(-280, 295), vast());
        let near = (1..=9_usize, any::nonzero(), any::nonzero(), 20..=46_i32)
            .prop_map(|(n, mean, squares, k)| (n, mean, squares, mean * (1.0 + 0.5_f64.powi(k))));
        let inputs = prop_oneof![wide, vast, near];
        for_all("n, mean, squares, x", inputs).holds(|&(count, mean, squares, x)| {
            let so_far = Moments { count, mean, squares: squares.abs() };
            let got = welford(so_far, x).accepted("welford(so_far, x)")?;
            let (n, d, largest) = (count as f64, x - mean, mean.abs().max(x.abs()));
            let look = "The mean moves by (x − mean)/(n + 1), and (x − mean)²·n/(n + 1) is added to the \
                        squares, in f64.";
            close("mean", got.mean, mean + d / (n + 1.0), rounding(8, largest), look)?;
            let (want, off) = (so_far.squares + d * d * n / (n + 1.0), rounding(8, largest));
            let tolerance = rounding(16, want) + 4.0 * (n + 1.0) * (d.abs() * off + off * off);
            close("squares", got.squares, want, tolerance, look)
        });
    }
}
