use std::f64::consts::PI;

use judge::{Answer, Broken, any, close, equal, example, figure_reads_as, for_all, rejected, rounding};
use katas::m02_statistics::limit_theorems::central_limit_figure;
use kit::{Figure, Generator, InputError};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy};
use proptest::sample::select;

use crate::m02_statistics::figures::{bars, captions, layers, line, same_rows};

/// n dice and the sums of a few throws.
fn throws() -> impl Strategy<Value = (usize, Vec<usize>)> + Send + Sync + Clone {
    (1..=6_usize).prop_flat_map(|dice| (Just(dice), vec(dice..=6 * dice, 1..=10)))
}

fn drawn(dice: usize, sums: &[usize]) -> Result<Figure, Broken> {
    let means: Vec<f64> = sums.iter().map(|&sum| sum as f64 / dice as f64).collect();
    central_limit_figure(dice, &means).accepted("central_limit_figure(dice, sums/dice)")
}

#[test]
fn title_axes_and_layers_are_those_of_the_documentation() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, title) = (drawn(*dice, sums)?, format!("Means of n = {dice} dice"));
        let look = "The documentation names the title, both axes and every layer, from back to front.";
        equal("title and axes", captions(&figure), [&title, "mean", "density"], look)?;
        let want = vec!["bars throws".to_owned(), "line normal density".to_owned()];
        equal("the layers", layers(&figure), want, look)
    });
}

#[test]
fn there_is_a_bar_for_each_possible_sum() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, n) = (drawn(*dice, sums)?, *dice as f64);
        let bar = |k: usize| {
            let count = sums.iter().filter(|&&sum| sum == k).count() as f64;
            [(k as f64 - 0.5) / n, (k as f64 + 0.5) / n, count * n / sums.len() as f64]
        };
        let want: Vec<_> = (*dice..=6 * dice).map(bar).collect();
        let look = "One bar of width 1/n around each k/n from 1 to 6, those that never came too; density = \
                    count·n/N.";
        // Whoever walks from bar to bar rounds once for each.
        let place = rounding(40, 7.0);
        same_rows("bar", bars(&figure, 0)?, &want, [place, place, rounding(16, 6.0)], look)
    });
}

#[test]
fn the_bars_have_area_1_together() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let figure = drawn(*dice, sums)?;
        let area = bars(&figure, 0)?.iter().map(|[left, right, height]| (right - left) * height).sum();
        close(
            "the area of the bars",
            area,
            1.0,
            rounding(256, 1.0),
            "Every throw is in just one bar, of width 1/n.",
        )
    });
}

#[test]
fn a_mean_next_to_k_over_n_counts_as_k_over_n() {
    for_all("dice, sums, up", (throws(), proptest::prelude::any::<bool>())).holds(|((dice, sums), up)| {
        let inside = sums.iter().filter(|&&sum| *dice < sum && sum < 6 * dice);
        let means: Vec<f64> = inside.map(|&sum| sum as f64 / *dice as f64).chain([3.5]).collect();
        let moved: Vec<f64> =
            means.iter().map(|mean| if *up { mean.next_up() } else { mean.next_down() }).collect();
        if dice % 2 == 1 && means.len() == 1 {
            return Ok(()); // 3.5 itself is no mean of an odd number of dice.
        }
        let means = if dice % 2 == 1 { &means[..means.len() - 1] } else { &means };
        let want = central_limit_figure(*dice, means).accepted("central_limit_figure(dice, means)")?;
        let got = central_limit_figure(*dice, &moved[..means.len()])
            .accepted("central_limit_figure(dice, moved)")?;
        let look =
            "A mean is rounded, so n times it need not be whole: take the nearest k, not the one below.";
        let tolerance = [rounding(40, 7.0), rounding(40, 7.0), rounding(16, 6.0)];
        same_rows("bar", bars(&got, 0)?, bars(&want, 0)?, tolerance, look)
    });
}

#[test]
fn the_bell_has_mean_3_5_and_variance_35_over_12n() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, variance) = (drawn(*dice, sums)?, 35.0 / 12.0 / *dice as f64);
        let point = |i: u32| {
            let x = 1.0 + f64::from(i) / 20.0;
            [x, (-(x - 3.5).powi(2) / (2.0 * variance)).exp() / (2.0 * PI * variance).sqrt()]
        };
        let want: Vec<_> = (0..=100).map(point).collect();
        let look = "One die has variance 35/12, the mean of n of them 1/n of that.";
        // Whoever walks in steps of 0.05 rounds once for each, and the bell is nowhere steeper than ½.
        same_rows("point", line(&figure, 1)?, &want, [rounding(128, 6.0), rounding(256, 2.0)], look)
    });
}

#[test]
fn arguments_that_make_no_sense_are_rejected() {
    example(|| {
        let look =
            "Empty first, then what is not finite, then the dice, then the first mean outside of 1 to 6.";
        let call = "central_limit_figure(dice, means)";
        rejected(call, central_limit_figure(0, &[]), InputError::TooFew { got: 0, wanted: 1 }, look)?;
        let wanted = InputError::OutOfRange { name: "dice", got: 0.0, wanted: "dice ≥ 1" };
        rejected(call, central_limit_figure(0, &[9.0]), wanted, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("dice, before, bad", (0..=2_usize, vec(Just(3.0), 0..=3), any::not_finite())).holds(
        |(dice, before, bad)| {
            let means = [before.as_slice(), &[*bad, 7.0, *bad]].concat();
            let want = InputError::NotFinite { name: "means", index: before.len() };
            let look = "As an index a NaN becomes 0. Ask for it first.";
            rejected(
                &format!("central_limit_figure({dice}, {means:?})"),
                central_limit_figure(*dice, &means),
                want,
                look,
            )
        },
    );
}

#[test]
fn a_mean_outside_of_1_to_6_is_rejected() {
    let outside = select(vec![0.875, 6.125, -3.0, 0.0, 1.0_f64.next_down(), 6.0_f64.next_up(), 1e300]);
    for_all("dice, bad", (1..=6_usize, outside)).holds(|&(dice, bad)| {
        let want = InputError::OutOfRange { name: "means", got: bad, wanted: "1 ≤ mean ≤ 6" };
        let look = "No dice have this mean. Is it perhaps a sum?";
        rejected(
            "central_limit_figure(dice, [2, bad, 0])",
            central_limit_figure(dice, &[2.0, bad, 0.0]),
            want,
            look,
        )
    });
}

/// Two thousand throws as the reference rolls them.
fn rolled(dice: usize) -> Vec<usize> {
    let mut generator = Generator::from_seed(3);
    (0..2000).map(|_| (0..dice).map(|_| generator.below(6) + 1).sum()).collect()
}

#[test]
fn with_two_dice_it_is_a_triangle() {
    example(|| {
        let figure = drawn(2, &rolled(2))?;
        figure_reads_as(
            "m02_statistics/limit_theorems/central_limit_figure_of_2",
            &figure,
            "Every layer, in its order.",
        )
    });
}

#[test]
fn with_ten_dice_it_is_all_but_the_bell() {
    example(|| {
        let figure = drawn(10, &rolled(10))?;
        figure_reads_as(
            "m02_statistics/limit_theorems/central_limit_figure_of_10",
            &figure,
            "Every layer, in its order.",
        )
    });
}
