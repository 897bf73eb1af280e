use std::f64::consts::PI;

use judge::{
    Answer, Broken, any, close, equal, example, figure_reads_as, for_all, rejected, rejected_for, rounding,
};
use katas::m02_statistics::comparison::comparison_figure;
use kit::{Figure, InputError};
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::{Compared, compared, compared_widely, reasons, thousand_each, wrong};
use crate::m02_statistics::figures::{bars, captions, layers, line, same_rows};

fn drawn((mean, deviation, [normal, uniform]): &Compared) -> Result<Figure, Broken> {
    comparison_figure(*mean, *deviation, normal, uniform)
        .accepted("comparison_figure(mean, σ, normal, uniform)")
}

/// μ + σ·eighths/8.
fn at((mean, deviation, _): &Compared, eighths: i32) -> f64 {
    mean + deviation * f64::from(eighths) / 8.0
}

/// The tolerance of a position, and of a height.
fn tolerances((mean, deviation, _): &Compared) -> [f64; 2] {
    [rounding(16, mean.abs() + 4.0 * deviation), rounding(32, 4.0 / deviation)]
}

#[test]
fn has_title_axes_and_layers() {
    for_all("mean, σ, normal, uniform", prop_oneof![2 => compared(), 1 => compared_widely()]).holds(
        |given| {
            let figure = drawn(given)?;
            let scales = [figure.x.logarithmic, figure.y.logarithmic, figure.equal_axes];
            let look =
                "Both axes are linear, and each has a scale of its own: x and density have different units.";
            equal("[x logarithmic, density logarithmic, equal axes]", scales, [false; 3], look)?;
            let want = ["Normal and uniform: equal mean, equal standard deviation", "x", "density"];
            let look = "The documentation names the title, both axes and every layer, from back to front.";
            equal("title and axes", captions(&figure), want, look)?;
            let want =
                ["bars uniform sample", "bars normal sample", "line uniform density", "line normal density"];
            equal("the layers", layers(&figure), want.map(ToOwned::to_owned).to_vec(), look)
        },
    );
}

#[test]
fn draws_histograms_of_both_samples() {
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
            let look = "32 bins of width σ/4 from μ − 4σ, each with its left edge; density = count/(n·σ/4), \
                        n the size of the whole sample.";
            same_rows(what, bars(&figure, layer)?, &want, [place, place, height], look)?;
        }
        Ok(())
    });
}

#[test]
fn has_the_areas_of_densities() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (figure, samples) = (drawn(given)?, &given.2);
        for (layer, sample) in [(0, &samples[1]), (1, &samples[0])] {
            let area: f64 =
                bars(&figure, layer)?.iter().map(|[left, right, height]| (right - left) * height).sum();
            let shown = sample.iter().filter(|&&x| at(given, -32) <= x && x < at(given, 32)).count();
            let want = shown as f64 / sample.len() as f64;
            let look = format!(
                "{shown} of {} numbers are in the figure, and that fraction is the area of the bars.",
                sample.len()
            );
            close(&format!("the area of the bars of layer {layer}"), area, want, rounding(256, 1.0), look)?;
        }
        for (layer, off) in [(2, 1e-12), (3, 1e-4)] {
            let trapezoid = |pair: &[[f64; 2]]| (pair[1][0] - pair[0][0]) * (pair[0][1] + pair[1][1]) / 2.0;
            let area: f64 = line(&figure, layer)?.windows(2).map(trapezoid).sum();
            // 6e-5 of the normal distribution is beyond 4σ.
            close(&format!("the area below layer {layer}"), area, 1.0, off, "A density has area 1.")?;
        }
        Ok(())
    });
}

#[test]
fn draws_the_uniform_density() {
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
fn draws_the_normal_density() {
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
fn looks_as_documented() {
    example(|| {
        let figure = drawn(&thousand_each())?;
        figure_reads_as(
            "m02_statistics/comparison/comparison_figure",
            &figure,
            "Histograms of both samples and the densities of their distributions, for mean 10 and standard \
             deviation 2.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::comparison::comparison_figure;
        let figure = comparison_figure(0.0, 1.0, &[0.5, -0.5], &[0.5, 1.5]).unwrap();
        assert_eq!(figure.layers.len(), 4);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments() {
        for_all("mean, σ, normal, uniform", wrong()).holds(|given| {
            let (mean, deviation, [normal, uniform]) = given;
            let got = comparison_figure(*mean, *deviation, normal, uniform);
            let look = "Check for an empty sample, for numbers that are not finite, and for σ > 0.";
            rejected_for("comparison_figure(mean, σ, normal, uniform)", got, &reasons(given), look)
        });
    }

    #[test]
    fn rejects_a_sigma_that_is_not_positive() {
        for_all("σ", judge::any::select(vec![0.0, -0.0, -1.0, -f64::MIN_POSITIVE, -1e300, -1e-9])).holds(
            |&deviation| {
                let got = comparison_figure(1.0, deviation, &[1.0], &[2.0]);
                let want =
                    InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
                rejected(
                    "comparison_figure(1, σ, [1], [2])",
                    got,
                    want,
                    "A standard deviation has to be positive here.",
                )
            },
        );
    }

    #[test]
    fn draws_samples_of_every_deviation() {
        // Numbers well inside of a bin, so that no rounding of an edge decides where they belong.
        let bins =
            || any::length(1..=8, 257).prop_flat_map(|n| judge::any::vec((-20..20_i32, -0.9..0.9_f64), n));
        let inputs = (any::fine(), any::magnitude(-100, 100), [bins(), bins()]);
        for_all("μ/σ, σ, (bin, place) of normal, of uniform", inputs).cases(96).holds(
            |(mean, deviation, places)| {
                let (deviation, mean) = (deviation.abs(), mean * deviation.abs());
                let samples = places.clone().map(|places: Vec<(i32, f64)>| {
                    let x =
                        |(bin, off): (i32, f64)| mean + deviation * (f64::from(bin) + 0.5 + 0.5 * off) / 4.0;
                    places.into_iter().map(x).collect::<Vec<_>>()
                });
                let given = (mean, deviation, samples);
                let (figure, [place, height]) = (drawn(&given)?, tolerances(&given));
                for (layer, places, what) in [(0, &places[1], "uniform bar"), (1, &places[0], "normal bar")] {
                    let bar = |i: i32| {
                        let count = places.iter().filter(|(bin, _)| *bin == i).count() as f64;
                        [
                            at(&given, 2 * i),
                            at(&given, 2 * i + 2),
                            count / (places.len() as f64 * deviation / 4.0),
                        ]
                    };
                    let want: Vec<_> = (-16..16).map(bar).collect();
                    let look = "32 bins of width σ/4 from μ − 4σ, whatever σ is; density = count/(n·σ/4).";
                    same_rows(what, bars(&figure, layer)?, &want, [place, place, height], look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn draws_large_samples_in_every_unit() {
        for_all("mean, σ, normal, uniform", compared_widely()).cases(96).holds(|given| {
            let (figure, (_, deviation, [normal, uniform])) = (drawn(given)?, given);
            let [place, height] = tolerances(given);
            for (layer, sample, what) in [(0, uniform, "uniform bar"), (1, normal, "normal bar")] {
                let bar = |i: i32| {
                    let (left, right) = (at(given, 2 * i), at(given, 2 * i + 2));
                    let count = sample.iter().filter(|&&x| left <= x && x < right).count();
                    [left, right, count as f64 / (sample.len() as f64 * deviation / 4.0)]
                };
                let want: Vec<_> = (-16..16).map(bar).collect();
                let look = "Every number of both samples counts, and edges are compared in f64.";
                same_rows(what, bars(&figure, layer)?, &want, [place, place, height], look)?;
            }
            let half = 3.0_f64.sqrt() * deviation;
            let (low, high, level) = (given.0 - half, given.0 + half, 1.0 / (2.0 * half));
            let (left, right) = (at(given, -32), at(given, 32));
            let want = [[left, 0.0], [low, 0.0], [low, level], [high, level], [high, 0.0], [right, 0.0]];
            let look = "The densities in the unit of x: positions grow with σ, heights with 1/σ.";
            same_rows("corner", line(&figure, 2)?, &want, [place, height], look)?;
            let bell = |i: i32| {
                let z = f64::from(i) / 8.0;
                [at(given, i), (-z * z / 2.0).exp() / ((2.0 * PI).sqrt() * deviation)]
            };
            let want: Vec<_> = (-32..=32).map(bell).collect();
            same_rows("point", line(&figure, 3)?, &want, [place, height], look)
        });
    }
}
