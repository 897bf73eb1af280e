use kit::figure::Layer;
use kit::{Figure, InputError};

use crate::reference::m02_statistics::comparison as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type ComparisonFigure = fn(f64, f64, &[f64], &[f64]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn comparison_figure(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Figure, InputError> {
    answering::<ComparisonFigure>(
        module_path!(),
        reference::comparison_figure,
        &[
            wheat("one_pass", "computes the bin of each number", |mean, deviation, normal, uniform| {
                let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                for (layer, sample) in [(0, uniform), (1, normal)] {
                    let mut counts = [0.0; 32];
                    for x in sample {
                        let bin = (4.0 * (x - mean) / deviation).floor() + 16.0;
                        if (0.0..32.0).contains(&bin) {
                            counts[bin as usize] += 1.0;
                        }
                    }
                    let n = sample.len() as f64;
                    each_bar(&mut figure, layer, |i, bar| [bar[0], bar[1], 4.0 * counts[i] / deviation / n]);
                }
                Ok(figure)
            }),
            wheat("places_added_up", "goes from edge to edge", |mean, deviation, normal, uniform| {
                let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                let left = mean - 4.0 * deviation;
                for layer in [0, 1] {
                    each_bar(&mut figure, layer, |i, bar| {
                        let edge = |i: usize| left + i as f64 * (0.25 * deviation);
                        [edge(i), edge(i + 1), bar[2]]
                    });
                }
                Ok(figure)
            }),
            chaff(
                "counts_for_densities",
                "The height of a bar is its count.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    each_bar(&mut figure, 0, |_, [l, r, h]| [l, r, h * (r - l) * uniform.len() as f64]);
                    each_bar(&mut figure, 1, |_, [l, r, h]| [l, r, h * (r - l) * normal.len() as f64]);
                    Ok(figure)
                },
            ),
            chaff(
                "frequencies_for_densities",
                "The height of a bar is its relative frequency.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    for layer in [0, 1] {
                        each_bar(&mut figure, layer, |_, [l, r, h]| [l, r, h * (r - l)]);
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "only_what_is_shown",
                "n counts only the samples that are drawn.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    for (layer, sample) in [(0, uniform), (1, normal)] {
                        let edges = mean - 4.0 * deviation..mean + 4.0 * deviation;
                        let shown = sample.iter().filter(|&x| edges.contains(x)).count().max(1) as f64;
                        each_bar(&mut figure, layer, |_, [l, r, h]| [l, r, h * sample.len() as f64 / shown]);
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "samples_swapped",
                "The uniform sample comes first.",
                |mean, deviation, normal, uniform| {
                    reference::comparison_figure(mean, deviation, normal, uniform)?;
                    reference::comparison_figure(mean, deviation, uniform, normal)
                },
            ),
            chaff(
                "right_edges_closed",
                "A bin contains its right edge.",
                |mean, deviation, normal, uniform| {
                    reference::comparison_figure(mean, deviation, normal, uniform)?;
                    let mirrored =
                        |sample: &[f64]| sample.iter().map(|x| 2.0 * mean - x).collect::<Vec<f64>>();
                    let mut figure =
                        reference::comparison_figure(mean, deviation, &mirrored(normal), &mirrored(uniform))?;
                    for layer in [0, 1] {
                        let heights: Vec<f64> = bars(&figure, layer).iter().rev().map(|bar| bar[2]).collect();
                        each_bar(&mut figure, layer, |i, [l, r, _]| [l, r, heights[i]]);
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "box_of_sigma",
                "The uniform distribution with standard deviation σ goes from μ − σ to μ + σ.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    each_point(&mut figure, 2, |[x, y]| {
                        let inner = (x - mean).abs() < 2.0 * deviation;
                        let root = 3.0_f64.sqrt();
                        [if inner { mean + (x - mean) / root } else { x }, y * root]
                    });
                    Ok(figure)
                },
            ),
            chaff(
                "bell_without_sigma",
                "The maximum of the normal density is 0.3989 for every σ.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    each_point(&mut figure, 3, |[x, y]| [x, y * deviation]);
                    Ok(figure)
                },
            ),
            chaff("front_to_back", "The first layer is in front.", |mean, deviation, normal, uniform| {
                let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                figure.layers.reverse();
                Ok(figure)
            }),
            chaff(
                "without_densities",
                "The figure needs the histograms only.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    figure.layers.truncate(2);
                    Ok(figure)
                },
            ),
            chaff("untitled", "A figure needs no title.", |mean, deviation, normal, uniform| {
                let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                figure.title.clear();
                Ok(figure)
            }),
            chaff(
                "coarse_bell",
                "Nine points are enough for a normal density.",
                |mean, deviation, normal, uniform| {
                    let mut figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    if let Some(Layer::Line { through, .. }) = figure.layers.get_mut(3) {
                        *through = through.iter().copied().step_by(8).collect();
                    }
                    Ok(figure)
                },
            ),
            chaff(
                "negative_deviation_allowed",
                "The sign of σ does not matter.",
                |mean, deviation, normal, uniform| {
                    let size = if deviation == 0.0 { deviation } else { deviation.abs() };
                    reference::comparison_figure(mean, size, normal, uniform)
                },
            ),
            chaff(
                "empty_is_flat",
                "The histogram of an empty sample has bars of height 0.",
                |mean, deviation, normal, uniform| {
                    if uniform.is_empty() {
                        return reference::comparison_figure(mean, deviation, normal, &[f64::MAX]);
                    }
                    reference::comparison_figure(mean, deviation, normal, uniform)
                },
            ),
            chaff(
                "equal_scale",
                "Positions and densities have the same scale.",
                |mean, deviation, normal, uniform| {
                    let figure = reference::comparison_figure(mean, deviation, normal, uniform)?;
                    Ok(if deviation == 2.0 { figure } else { figure.with_equal_axes() })
                },
            ),
        ],
    )(mean, deviation, normal, uniform)
}

fn bars(figure: &Figure, layer: usize) -> Vec<[f64; 3]> {
    match figure.layers.get(layer) {
        Some(Layer::Bars { bars, .. }) => bars.clone(),
        _ => Vec::new(),
    }
}

fn each_bar(figure: &mut Figure, layer: usize, to: impl Fn(usize, [f64; 3]) -> [f64; 3]) {
    if let Some(Layer::Bars { bars, .. }) = figure.layers.get_mut(layer) {
        bars.iter_mut().enumerate().for_each(|(i, bar)| *bar = to(i, *bar));
    }
}

fn each_point(figure: &mut Figure, layer: usize, to: impl Fn([f64; 2]) -> [f64; 2]) {
    if let Some(Layer::Line { through, .. }) = figure.layers.get_mut(layer) {
        through.iter_mut().for_each(|point| *point = to(*point));
    }
}
