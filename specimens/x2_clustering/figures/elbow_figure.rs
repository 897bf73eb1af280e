use kit::figure::{Figure, Layer};
use kit::{InputError, check};

use crate::reference::x2_clustering::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type ElbowFigure = fn(&[f64]) -> Drawn;

/// The kata, answered by a specimen.
pub fn elbow_figure(inertias: &[f64]) -> Result<Figure, InputError> {
    answering::<ElbowFigure>(
        module_path!(),
        reference::elbow_figure,
        &[
            wheat("slope", "subtracts a line with a slope per cluster", |inertias| {
                drawn(inertias, &|j, i| {
                    let last = j.len() - 1;
                    j[0] / last as f64 * (last - i) as f64 + j[last] / last as f64 * i as f64 - j[i]
                })
            }),
            wheat("last_of_equals", "of equally low points takes the last", |inertias| {
                let turned: Vec<f64> = inertias.iter().rev().copied().collect();
                let mut figure = reference::elbow_figure(inertias)?;
                let other = reference::elbow_figure(&turned)?;
                if let [_, _, Layer::Points { at, .. }] = &other.layers[..] {
                    let i = inertias.len() - at[0][0] as usize;
                    figure.layers.truncate(2);
                    figure.layers.push(elbow(inertias, i));
                }
                Ok(figure)
            }),
            chaff("no_elbow", "The reader finds the elbow.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                figure.layers.truncate(2);
                Ok(figure)
            }),
            chaff("always_an_elbow", "Every curve has an elbow.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                if figure.layers.len() == 2 {
                    figure.layers.push(elbow(inertias, usize::from(inertias.len() > 2)));
                }
                Ok(figure)
            }),
            chaff("from_zero", "Numbers of clusters count from 0.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                for layer in &mut figure.layers {
                    if let Layer::Line { through: at, .. } | Layer::Points { at, .. } = layer {
                        at.iter_mut().for_each(|point| point[0] -= 1.0);
                    }
                }
                Ok(figure)
            }),
            chaff("label_from_zero", "The elbow counts from 0.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                if let Some(Layer::Points { label, at }) = figure.layers.get_mut(2) {
                    *label = format!("elbow: {} clusters", at[0][0] - 1.0);
                }
                Ok(figure)
            }),
            chaff("largest_drop", "The elbow is after the largest drop.", |inertias| {
                drawn(inertias, &|j, i| if i == 0 { 0.0 } else { j[i - 1] - j[i] })
            }),
            chaff("second_difference", "The elbow has the largest second difference.", |inertias| {
                drawn(inertias, &|j, i| {
                    if i == 0 || i + 1 == j.len() { 0.0 } else { j[i - 1] / 2.0 - j[i] + j[i + 1] / 2.0 }
                })
            }),
            chaff("farthest_in_the_picture", "The elbow is the nearest point to the origin.", |inertias| {
                drawn(inertias, &|j, i| {
                    let largest = j.iter().copied().fold(0.0, f64::max);
                    if largest == 0.0 { 0.0 } else { 1.5 - (i as f64 / j.len() as f64).hypot(j[i] / largest) }
                })
            }),
            chaff("above", "The elbow lies highest above the straight line.", |inertias| {
                drawn(inertias, &|j, i| -straight(j, i))
            }),
            chaff("first_below", "The first point below the straight line is the elbow.", |inertias| {
                drawn(inertias, &|j, i| if straight(j, i) > 0.0 { (j.len() - i) as f64 } else { 0.0 })
            }),
            chaff(
                "a_relative_distance",
                "The distance to the straight line is relative to its height.",
                |inertias| drawn(inertias, &|j, i| if j[i] > 0.0 { straight(j, i) / j[i] } else { 0.0 }),
            ),
            chaff("smallest", "The elbow has the smallest inertia.", |inertias| {
                drawn(inertias, &|j, i| if i == 0 { 0.0 } else { j[0] - j[i] })
            }),
            chaff("line_left_out", "Points need no line.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                figure.layers.remove(0);
                Ok(figure)
            }),
            chaff("points_left_out", "A line needs no points.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                figure.layers.remove(1);
                Ok(figure)
            }),
            chaff("fractions", "Inertia is shown as a fraction of the first one.", |inertias| {
                let figure = reference::elbow_figure(inertias)?;
                if inertias[0] == 0.0 {
                    return Ok(figure);
                }
                reference::elbow_figure(&inertias.iter().map(|j| j / inertias[0]).collect::<Vec<_>>())
            }),
            chaff("sorted", "Inertias fall: they are sorted.", |inertias| {
                reference::elbow_figure(inertias)?;
                let mut sorted = inertias.to_vec();
                sorted.sort_by(|a, b| b.total_cmp(a));
                reference::elbow_figure(&sorted)
            }),
            chaff("axes_exchanged", "The inertia stands on the horizontal axis.", |inertias| {
                let mut figure = reference::elbow_figure(inertias)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("difference_overflows", "The sum of two inertias is finite.", |inertias| {
                drawn(inertias, &|j, i| {
                    let last = (j.len() - 1) as f64;
                    ((last - i as f64) * j[0] + i as f64 * j[j.len() - 1]) / last - j[i]
                })
            }),
            chaff("ten_clusters", "More than ten clusters are never shown.", |inertias| {
                reference::elbow_figure(inertias)?;
                reference::elbow_figure(&inertias[..inertias.len().min(10)])
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |inertias| {
                reference::elbow_figure(inertias)?;
                let short: Vec<f64> = inertias.iter().map(|j| f64::from(*j as f32).min(f64::MAX)).collect();
                reference::elbow_figure(&short)
            }),
            chaff("negative_as_0", "A negative inertia counts as 0.", |inertias| {
                check::finite("inertias", inertias)?;
                reference::elbow_figure(&inertias.iter().map(|j| j.max(0.0)).collect::<Vec<_>>())
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |inertias| {
                let finite = |j: &f64| if j.is_finite() { *j } else { 0.0 };
                reference::elbow_figure(&inertias.iter().map(finite).collect::<Vec<_>>())
            }),
            chaff("one_is_enough", "A single inertia is a curve.", |inertias| {
                if inertias.len() == 1 {
                    return Ok(Figure::new("Elbow", "number of clusters", "inertia"));
                }
                reference::elbow_figure(inertias)
            }),
            chaff("last_negative", "Any negative one may be named.", |j| {
                reference::elbow_figure(j).map_err(|error| match error {
                    InputError::OutOfRange { name, got, wanted } => {
                        let last = j.iter().rfind(|v| **v < 0.0);
                        InputError::OutOfRange { name, got: last.copied().unwrap_or(got), wanted }
                    }
                    other => other,
                })
            }),
        ],
    )(inertias)
}

/// How far a point lies below the straight line from the first to the last.
fn straight(inertias: &[f64], i: usize) -> f64 {
    let last = inertias.len() - 1;
    let t = i as f64 / last as f64;
    (1.0 - t) * inertias[0] + t * inertias[last] - inertias[i]
}

fn elbow(inertias: &[f64], i: usize) -> Layer {
    Layer::Points { label: format!("elbow: {} clusters", i + 1), at: vec![[(i + 1) as f64, inertias[i]]] }
}

/// With the elbow where this is largest, the first of several; none if it is nowhere above 0.
fn drawn(inertias: &[f64], merit: &dyn Fn(&[f64], usize) -> f64) -> Drawn {
    let mut figure = reference::elbow_figure(inertias)?;
    figure.layers.truncate(2);
    let merits: Vec<f64> = (0..inertias.len()).map(|i| merit(inertias, i)).collect();
    let inner = 1..inertias.len() - 1;
    let best = inner.reduce(|best, i| if merits[i] > merits[best] { i } else { best });
    if let Some(best) = best.filter(|&best| merits[best] > 0.0) {
        figure.layers.push(elbow(inertias, best));
    }
    Ok(figure)
}
