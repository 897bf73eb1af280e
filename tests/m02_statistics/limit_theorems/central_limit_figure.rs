use std::f64::consts::PI;

use judge::any::select;
use judge::any::vec;
use judge::{
    Answer, Broken, any, close, equal, example, figure_reads_as, for_all, rejected, rejected_for, rounding,
};
use katas::m02_statistics::limit_theorems::central_limit_figure;
use kit::{Figure, Generator, InputError};
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::m02_statistics::figures::{bars, captions, layers, line, same_rows};

/// n dice and the sums of a few throws.
fn throws() -> impl Strategy<Value = (usize, Vec<usize>)> + Send + Sync + Clone {
    let sizes = (any::length(1..=6, 65), any::length(1..=10, 257));
    let throws = sizes.prop_flat_map(|(dice, n)| (Just(dice), vec(dice..=6 * dice, n)));
    (throws, any::part(0..=9_u8)).prop_map(|((dice, mut sums), form)| {
        match form {
            8 => sums = vec![sums[0]; sums.len()],
            9 => sums.sort_unstable(),
            _ => {}
        }
        (dice, sums)
    })
}

fn drawn(dice: usize, sums: &[usize]) -> Result<Figure, Broken> {
    let means: Vec<f64> = sums.iter().map(|&sum| sum as f64 / dice as f64).collect();
    central_limit_figure(dice, &means).accepted("central_limit_figure(dice, sums/dice)")
}

#[test]
fn has_title_axes_and_layers() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, title) = (drawn(*dice, sums)?, format!("Means of n = {dice} dice"));
        let look = "The documentation names the title, both axes and every layer, from back to front.";
        let scales = [figure.x.logarithmic, figure.y.logarithmic, figure.equal_axes];
        equal("[mean logarithmic, density logarithmic, equal axes]", scales, [false; 3], look)?;
        equal("title and axes", captions(&figure), [&title, "mean", "density"], look)?;
        let want = vec!["bars throws".to_owned(), "line normal density".to_owned()];
        equal("the layers", layers(&figure), want, look)
    });
}

#[test]
fn has_a_bar_for_each_possible_sum() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, n) = (drawn(*dice, sums)?, *dice as f64);
        let bar = |k: usize| {
            let count = sums.iter().filter(|&&sum| sum == k).count() as f64;
            [(k as f64 - 0.5) / n, (k as f64 + 0.5) / n, count * n / sums.len() as f64]
        };
        let want: Vec<_> = (*dice..=6 * dice).map(bar).collect();
        let look = "One bar of width 1/n around each k/n from 1 to 6, also if its count is 0; density = \
                    count·n/N.";
        // Going from bar to bar rounds once for each.
        let place = rounding(10 * dice + 40, 7.0);
        same_rows("bar", bars(&figure, 0)?, &want, [place, place, rounding(16, n)], look)
    });
}

#[test]
fn has_bars_of_total_area_one() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let figure = drawn(*dice, sums)?;
        let area = bars(&figure, 0)?.iter().map(|[left, right, height]| (right - left) * height).sum();
        close(
            "the area of the bars",
            area,
            1.0,
            rounding(64 * dice + 256, 1.0),
            "Every throw is in exactly one bar, of width 1/n.",
        )
    });
}

#[test]
fn draws_the_normal_density() {
    for_all("dice, sums", throws()).holds(|(dice, sums)| {
        let (figure, variance) = (drawn(*dice, sums)?, 35.0 / 12.0 / *dice as f64);
        let point = |i: u32| {
            let x = 1.0 + f64::from(i) / 20.0;
            [x, (-(x - 3.5).powi(2) / (2.0 * variance)).exp() / (2.0 * PI * variance).sqrt()]
        };
        let want: Vec<_> = (0..=100).map(point).collect();
        let look = "One die has the variance 35/12, the mean of n dice 1/n of that.";
        // Going in steps of 0.05 rounds once for each, and the density is nowhere steeper than n/10.
        let tolerance = [rounding(128, 6.0), rounding(256 + 64 * dice, 2.0 + *dice as f64)];
        same_rows("point", line(&figure, 1)?, &want, tolerance, look)
    });
}

/// Two thousand throws as the reference rolls them.
fn rolled(dice: usize) -> Vec<usize> {
    let mut generator = Generator::from_seed(3);
    (0..2000).map(|_| (0..dice).map(|_| generator.below(6) + 1).sum()).collect()
}

#[test]
fn shows_two_dice() {
    example(|| {
        let figure = drawn(2, &rolled(2))?;
        figure_reads_as(
            "m02_statistics/limit_theorems/central_limit_figure_of_2",
            &figure,
            "The means of two dice have a triangular distribution.",
        )
    });
}

#[test]
fn shows_ten_dice() {
    example(|| {
        let figure = drawn(10, &rolled(10))?;
        figure_reads_as(
            "m02_statistics/limit_theorems/central_limit_figure_of_10",
            &figure,
            "The means of ten dice are approximately normal.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::limit_theorems::central_limit_figure;
        let figure = central_limit_figure(2, &[3.5, 4.0]).unwrap();
        assert_eq!(figure.layers.len(), 2);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rounds_means_to_the_nearest_sum() {
        for_all("dice, sums, up", (throws(), proptest::prelude::any::<bool>())).holds(
            |((dice, sums), up)| {
                let inside = sums.iter().filter(|&&sum| *dice < sum && sum < 6 * dice);
                let means: Vec<f64> = inside.map(|&sum| sum as f64 / *dice as f64).chain([3.5]).collect();
                let moved: Vec<f64> =
                    means.iter().map(|mean| if *up { mean.next_up() } else { mean.next_down() }).collect();
                if dice % 2 == 1 && means.len() == 1 {
                    return Ok(()); // 3.5 is not a mean of an odd number of dice.
                }
                let means = if dice % 2 == 1 { &means[..means.len() - 1] } else { &means };
                let want =
                    central_limit_figure(*dice, means).accepted("central_limit_figure(dice, means)")?;
                let got = central_limit_figure(*dice, &moved[..means.len()])
                    .accepted("central_limit_figure(dice, moved)")?;
                let look =
                    "A mean is rounded, so n times the mean need not be whole: round to the nearest k.";
                let place = rounding(10 * dice + 40, 7.0);
                let tolerance = [place, place, rounding(16, *dice as f64)];
                same_rows("bar", bars(&got, 0)?, bars(&want, 0)?, tolerance, look)
            },
        );
    }

    #[test]
    fn rejects_no_means_and_no_dice() {
        example(|| {
            let (got, want) = (central_limit_figure(2, &[]), InputError::TooFew { got: 0, wanted: 1 });
            rejected("central_limit_figure(2, [])", got, want, "Densities of no means are 0/0.")?;
            let want = InputError::OutOfRange { name: "dice", got: 0.0, wanted: "dice ≥ 1" };
            let look = "The variance 35/(12n) is infinite for n = 0.";
            rejected("central_limit_figure(0, [3.5])", central_limit_figure(0, &[3.5]), want, look)
        });
    }

    #[test]
    fn rejects_means_that_are_not_finite() {
        let before = any::size(0..=3, 257).prop_flat_map(|n| vec(Just(3.0), n));
        for_all("dice, before, bad", (1..=2_usize, before, any::not_finite())).holds(
            |(dice, before, bad)| {
                let means = [before.as_slice(), &[*bad, 3.0, *bad]].concat();
                let not_finite = InputError::NotFinite { name: "means", index: before.len() };
                let outside = InputError::OutOfRange { name: "means", got: *bad, wanted: "1 ≤ mean ≤ 6" };
                let look = "Converted to an index a NaN becomes 0. Check for NaN and infinity first.";
                rejected_for(
                    &format!("central_limit_figure({dice}, {means:?})"),
                    central_limit_figure(*dice, &means),
                    &[not_finite, outside],
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_means_outside_of_1_to_6() {
        let far = select(vec![0.875, 6.125, -3.0, 0.0, 7.0, 1e300]);
        let near = select(vec![1.0_f64.next_down(), 6.0_f64.next_up(), 1.0 - 1e-9, 6.0 + 1e-9, 0.999, 6.001]);
        let outside = prop_oneof![far, near];
        // Behind it another one that is outside as well, or none.
        let inputs = (any::size(1..=6, 65), any::size(0..=3, 257), outside, select(vec![2.0, 0.0, 9.0]));
        for_all("dice, n, bad, behind", inputs).holds(|&(dice, n, bad, behind)| {
            let want = InputError::OutOfRange { name: "means", got: bad, wanted: "1 ≤ mean ≤ 6" };
            let look = "No throw of dice has this mean. Is it a sum?";
            let means = [vec![2.0; n], vec![bad, behind]].concat();
            let call = "central_limit_figure(dice, [2, …, 2, bad, behind])";
            rejected(call, central_limit_figure(dice, &means), want, look)
        });
    }

    #[test]
    fn counts_many_means_of_many_dice() {
        let inputs = (any::length(1..=6, 301), any::length(1..=10, 1025))
            .prop_flat_map(|(dice, n)| (Just(dice), vec(dice..=6 * dice, n)));
        for_all("dice, sums", inputs).cases(64).holds(|(dice, sums)| {
            let (figure, n) = (drawn(*dice, sums)?, *dice as f64);
            let bar = |k: usize| {
                let count = sums.iter().filter(|&&sum| sum == k).count() as f64;
                [(k as f64 - 0.5) / n, (k as f64 + 0.5) / n, count * n / sums.len() as f64]
            };
            let want: Vec<_> = (*dice..=6 * dice).map(bar).collect();
            let look = "Every mean counts, also the first and the last, for every number of dice.";
            let place = rounding(10 * dice + 40, 7.0);
            same_rows("bar", bars(&figure, 0)?, &want, [place, place, rounding(16, n)], look)?;
            let variance = 35.0 / 12.0 / n;
            let height =
                |x: f64| (-(x - 3.5).powi(2) / (2.0 * variance)).exp() / (2.0 * PI * variance).sqrt();
            let want: Vec<_> = (0..=100).map(|i| 1.0 + f64::from(i) / 20.0).map(|x| [x, height(x)]).collect();
            // The density is nowhere steeper than n/10 a unit.
            let tolerance = [rounding(128, 6.0), rounding(256 + 64 * dice, 2.0 + n)];
            same_rows("point", line(&figure, 1)?, &want, tolerance, "The variance of a mean is 35/(12n).")
        });
    }
}
