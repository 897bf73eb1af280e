use std::f64::consts::PI;

use judge::{Answer, Broken, close, equal, example, figure_reads_as, for_all, rejected, rounding};
use katas::m02_statistics::comparison::comparison_figure;
use kit::{Figure, InputError};

use super::samples::{Compared, compared, reason, thousand_each, wrong};
use crate::m02_statistics::figures::{bars, captions, layers, line, same_rows};

fn drawn((mean, deviation, [normal, uniform]): &Compared) -> Result<Figure, Broken> {
    comparison_figure(*mean, *deviation, normal, uniform)
        .accepted("comparison_figure(mean, σ, normal, uniform)")
}

/// μ + σ·eighths/8.
fn at((mean, deviation, _): &Compared, eighths: i32) -> f64 {
    mean + deviation * f64::from(eighths) / 8.0
}

/// How far rounding may carry a place, and a height.
fn tolerances((mean, deviation, _): &Compared) -> [f64; 2] {
    [rounding(16, mean.abs() + 4.0 * deviation), rounding(32, 4.0 / deviation)]
}

#[test]
fn title_axes_and_layers_are_those_of_the_documentation() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let figure = drawn(given)?;
        let want = ["Normal and uniform: equal mean, equal standard deviation", "x", "density"];
        let look = "The documentation names the title, both axes and every layer, from back to front.";
        equal("title and axes", captions(&figure), want, look)?;
        let want =
            ["bars uniform sample", "bars normal sample", "line uniform density", "line normal density"];
        equal("the layers", layers(&figure), want.map(ToOwned::to_owned).to_vec(), look)
    });
}

#[test]
fn the_bars_are_the_densities_of_the_samples() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (figure, (_, deviation, [normal, uniform])) = (drawn(given)?, given);
        let [place, height] = tolerances(given);
        for (layer, sample, what) in [(0, uniform, "uniform bar"), (1, normal, "normal bar")] {
            let bar = |i: i32| {
                let (left, right) = (at(given, 2 * i), at(given, 2 * i + 2));
                let count = sample.iter().filter(|&&x| left <= x && x < right).count();
                [left, right, count as f64 / (sample.len() as f64 * deviation / 4.0)]
            };
            let want: Vec<_> = (-16..16).map(bar).collect();
            let look = "32 bins of width σ/4 from μ − 4σ, each closed on the left; density = count/(n·σ/4), \
                        n the whole sample.";
            same_rows(what, bars(&figure, layer)?, &want, [place, place, height], look)?;
        }
        Ok(())
    });
}

#[test]
fn bars_and_lines_have_the_area_of_what_they_show() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (figure, samples) = (drawn(given)?, &given.2);
        for (layer, sample) in [(0, &samples[1]), (1, &samples[0])] {
            let area: f64 =
                bars(&figure, layer)?.iter().map(|[left, right, height]| (right - left) * height).sum();
            let shown = sample.iter().filter(|&&x| at(given, -32) <= x && x < at(given, 32)).count();
            let want = shown as f64 / sample.len() as f64;
            let look = format!(
                "{shown} of {} numbers lie in the picture, and the bars have that share as area.",
                sample.len()
            );
            close(&format!("the area of the bars of layer {layer}"), area, want, rounding(256, 1.0), look)?;
        }
        for (layer, off) in [(2, 1e-12), (3, 1e-4)] {
            let trapezoid = |pair: &[[f64; 2]]| (pair[1][0] - pair[0][0]) * (pair[0][1] + pair[1][1]) / 2.0;
            let area: f64 = line(&figure, layer)?.windows(2).map(trapezoid).sum();
            // Beyond 4σ lies 6e-5 of the bell.
            close(&format!("the area below layer {layer}"), area, 1.0, off, "A density has area 1.")?;
        }
        Ok(())
    });
}

#[test]
fn the_uniform_density_is_a_box() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (figure, (mean, deviation, _)) = (drawn(given)?, given);
        let (half, [place, tolerance]) = (3.0_f64.sqrt() * deviation, tolerances(given));
        let (low, high, height) = (mean - half, mean + half, 1.0 / (2.0 * half));
        let want = [
            [at(given, -32), 0.0],
            [low, 0.0],
            [low, height],
            [high, height],
            [high, 0.0],
            [at(given, 32), 0.0],
        ];
        let look = "Along the axis, up at μ − √3·σ, across, down at μ + √3·σ, and along the axis.";
        same_rows("corner", line(&figure, 2)?, &want, [place, tolerance], look)
    });
}

#[test]
fn the_normal_density_is_the_bell() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (figure, [place, tolerance]) = (drawn(given)?, tolerances(given));
        let bell = |i: i32| {
            let z = f64::from(i) / 8.0;
            [at(given, i), (-z * z / 2.0).exp() / ((2.0 * PI).sqrt() * given.1)]
        };
        let want: Vec<_> = (-32..=32).map(bell).collect();
        let look = "65 points σ/8 apart: exp(−z²/2)/(√2π·σ) at μ + z·σ.";
        same_rows("point", line(&figure, 3)?, &want, [place, tolerance], look)
    });
}

#[test]
fn arguments_that_make_no_sense_are_rejected() {
    for_all("mean, σ, normal, uniform", wrong()).holds(|given| {
        let (mean, deviation, [normal, uniform]) = given;
        let got = comparison_figure(*mean, *deviation, normal, uniform);
        let look = "Empty samples first, then what is not finite, in the order of the arguments, then σ.";
        rejected("comparison_figure(mean, σ, normal, uniform)", got, reason(given), look)
    });
}

#[test]
fn a_deviation_that_is_not_above_0_is_rejected() {
    for_all("σ", proptest::sample::select(vec![0.0, -0.0, -1.0, -f64::MIN_POSITIVE])).holds(|&deviation| {
        let got = comparison_figure(1.0, deviation, &[1.0], &[2.0]);
        let want = InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
        rejected("comparison_figure(1, σ, [1], [2])", got, want, "Without deviation there is no shape.")
    });
}

#[test]
fn it_looks_as_it_should() {
    example(|| {
        let figure = drawn(&thousand_each())?;
        figure_reads_as("m02_statistics/comparison/comparison_figure", &figure, "Every layer, in its order.")
    });
}
