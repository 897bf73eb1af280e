use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

use super::super::placing::{clipped, each, median, nan_as_zero, part};
use crate::reference::x2_clustering::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type ClusterFigure = fn(&Matrix, &[Option<usize>], [&str; 2]) -> Drawn;

/// The kata, answered by a specimen.
pub fn cluster_figure(x: &Matrix, labels: &[Option<usize>], names: [&str; 2]) -> Result<Figure, InputError> {
    answering::<ClusterFigure>(
        module_path!(),
        reference::cluster_figure,
        &[
            wheat("groups", "collects the points of each cluster in a map", |x, labels, names| {
                drawn(x, labels, names, mean)
            }),
            wheat("weighted", "adds up fractions of the points for the mean", |x, labels, names| {
                let mean = |values: &[f64]| values.iter().map(|value| value / values.len() as f64).sum();
                drawn(x, labels, names, mean)
            }),
            chaff("median", "The number stands at the median.", |x, labels, names| {
                drawn(x, labels, names, median)
            }),
            chaff("first_point", "The number stands at the first point.", |x, labels, names| {
                drawn(x, labels, names, |values| values[0])
            }),
            chaff(
                "middle_of_the_box",
                "The number stands halfway between the smallest and the largest.",
                |x, labels, names| {
                    let middle = |values: &[f64]| {
                        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                        f64::midpoint(low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
                    };
                    drawn(x, labels, names, middle)
                },
            ),
            chaff("without_notes", "The legend is enough: no numbers.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                figure.layers.retain(|layer| matches!(layer, Layer::Points { .. }));
                Ok(figure)
            }),
            chaff("without_noise", "Noise is not shown.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                figure
                    .layers
                    .retain(|layer| !matches!(layer, Layer::Points { label, .. } if label == "noise"));
                Ok(figure)
            }),
            chaff("empty_noise", "The layer of the noise is always there.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                if !labels.contains(&None) {
                    let clusters = figure.layers.len() / 2;
                    figure
                        .layers
                        .insert(clusters, Layer::Points { label: "noise".to_owned(), at: Vec::new() });
                }
                Ok(figure)
            }),
            chaff("noise_first", "Noise lies behind everything.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                let is_noise =
                    |layer: &Layer| matches!(layer, Layer::Points { label, .. } if label == "noise");
                if let Some(place) = figure.layers.iter().position(is_noise) {
                    let noise = figure.layers.remove(place);
                    figure.layers.insert(0, noise);
                }
                Ok(figure)
            }),
            chaff("noise_as_cluster", "Noise is the last cluster.", |x, labels, names| {
                let last = labels.iter().flatten().max().map_or(0, |last| last.wrapping_add(1));
                let all: Vec<Option<usize>> = labels.iter().map(|label| label.or(Some(last))).collect();
                reference::cluster_figure(x, &all, names)
            }),
            chaff("in_order_of_appearance", "The first point's cluster comes first.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                let mut order: Vec<usize> = Vec::new();
                labels.iter().flatten().for_each(|it| {
                    if !order.contains(it) {
                        order.push(*it)
                    }
                });
                let mut sorted = order.clone();
                sorted.sort_unstable();
                let place = |cluster: &usize| sorted.iter().position(|it| it == cluster).unwrap_or(0);
                let notes = figure.layers.len() - order.len();
                let old = figure.layers.clone();
                for (i, cluster) in order.iter().enumerate() {
                    figure.layers[i] = old[place(cluster)].clone();
                    figure.layers[notes + i] = old[notes + place(cluster)].clone();
                }
                Ok(figure)
            }),
            chaff("by_text", "Numbers are sorted as texts.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                let clusters =
                    figure.layers.iter().filter(|layer| matches!(layer, Layer::Note { .. })).count();
                let text = |layer: &Layer| match layer {
                    Layer::Points { label, .. } => label.clone(),
                    Layer::Note { text, .. } => text.clone(),
                    _ => String::new(),
                };
                figure.layers[..clusters].sort_by_key(text);
                let notes = figure.layers.len() - clusters;
                figure.layers[notes..].sort_by_key(text);
                Ok(figure)
            }),
            chaff(
                "renumbered",
                "The clusters are numbered 0, 1, 2, … in the picture.",
                |x, labels, names| {
                    reference::cluster_figure(x, labels, names)?;
                    let mut sorted: Vec<usize> = labels.iter().copied().flatten().collect();
                    sorted.sort_unstable();
                    sorted.dedup();
                    let number = |it: usize| sorted.partition_point(|name| *name < it);
                    let all: Vec<Option<usize>> = labels.iter().map(|label| label.map(number)).collect();
                    reference::cluster_figure(x, &all, names)
                },
            ),
            chaff("axes_exchanged", "The first feature stands on the vertical axis.", |x, labels, names| {
                reference::cluster_figure(x, labels, names)?;
                let turned = Matrix::from_fn(x.rows(), 2, |i, j| x[(i, 1 - j)]);
                reference::cluster_figure(&turned, labels, names)
            }),
            chaff("names_exchanged", "The first name is that of the vertical axis.", |x, labels, [a, b]| {
                reference::cluster_figure(x, labels, [b, a])
            }),
            chaff("ten_clusters", "Ten colors are enough for all clusters.", |x, labels, names| {
                let mut figure = reference::cluster_figure(x, labels, names)?;
                figure.layers.truncate(20);
                Ok(figure)
            }),
            chaff("a_thousand_points", "A picture shows up to a thousand points.", |x, labels, names| {
                reference::cluster_figure(x, labels, names)?;
                reference::cluster_figure(&part(x, 1000, 2), &labels[..labels.len().min(1000)], names)
            }),
            chaff("first_two_features", "The first two features are shown.", |x, labels, names| {
                reference::cluster_figure(&part(x, x.rows(), 2), labels, names)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, labels, names| {
                let n = x.rows().min(labels.len());
                reference::cluster_figure(&part(x, n, x.cols()), &labels[..n], names)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, labels, names| {
                reference::cluster_figure(&each(x, nan_as_zero), labels, names)
            }),
            chaff("any_size", "The sum of finite numbers is finite.", |x, labels, names| {
                check::finite("x", x.as_slice())?;
                reference::cluster_figure(&each(x, clipped), labels, names)
            }),
            chaff("empty", "Without points the figure is empty.", |x, labels, names| {
                if x.rows() == 0 && labels.is_empty() {
                    return Ok(Figure::new("Clusters", names[0], names[1]));
                }
                reference::cluster_figure(x, labels, names)
            }),
            chaff("trimmed_names", "Blanks around a name do not count.", |x, labels, names| {
                reference::cluster_figure(x, labels, names.map(str::trim))
            }),
            chaff("sum_overflows", "The mean is the sum over the number.", |x, labels, names| {
                drawn(x, labels, names, |v| v.iter().map(|v| v * 1e160).sum::<f64>() / v.len() as f64 / 1e160)
            }),
        ],
    )(x, labels, names)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn drawn(x: &Matrix, labels: &[Option<usize>], names: [&str; 2], place: fn(&[f64]) -> f64) -> Drawn {
    reference::cluster_figure(x, labels, names)?;
    let mut groups: std::collections::BTreeMap<usize, Vec<[f64; 2]>> = std::collections::BTreeMap::new();
    let mut noise = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let group = label.map_or(&mut noise, |label| groups.entry(label).or_default());
        group.push([x[(i, 0)], x[(i, 1)]]);
    }
    let mut figure = Figure::new("Clusters", names[0], names[1]);
    let points = |(label, at): (&usize, &Vec<[f64; 2]>)| Layer::Points {
        label: format!("cluster {label}"),
        at: at.clone(),
    };
    figure.layers.extend(groups.iter().map(points));
    if !noise.is_empty() {
        figure.layers.push(Layer::Points { label: "noise".to_owned(), at: noise });
    }
    for (label, at) in groups {
        let axis = |axis: usize| at.iter().map(|point| point[axis]).collect::<Vec<_>>();
        figure.layers.push(Layer::Note { at: [place(&axis(0)), place(&axis(1))], text: format!("{label}") });
    }
    Ok(figure)
}
