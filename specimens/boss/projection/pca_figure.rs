use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::projection as reference;

type Drawn = Result<Figure, InputError>;
type PcaFigure = fn(&Matrix, &[usize], &[&str]) -> Drawn;

/// The kata, answered by a specimen.
pub fn pca_figure(x: &Matrix, labels: &[usize], class_names: &[&str]) -> Drawn {
    answering::<PcaFigure>(
        module_path!(),
        reference::pca_figure,
        &[
            wheat("moved", "of data measured from their first sample", |x, labels, names| {
                reference::pca_figure(x, labels, names)?;
                reference::pca_figure(
                    &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - x[(0, j)]),
                    labels,
                    names,
                )
            }),
            wheat(
                "notes_summed_backwards",
                "means of the points from the last one on",
                |x, labels, names| {
                    let mut figure = reference::pca_figure(x, labels, names)?;
                    let drawn = figure.layers.clone();
                    let points = drawn.iter().filter_map(|layer| match layer {
                        Layer::Points { at, .. } if !at.is_empty() => Some(at),
                        _ => None,
                    });
                    let notes = figure.layers.iter_mut().filter(|layer| matches!(layer, Layer::Note { .. }));
                    for (note, points) in notes.zip(points) {
                        if let Layer::Note { at, .. } = note {
                            *at =
                                [0, 1].map(|k| points.iter().rev().map(|p| p[k] / points.len() as f64).sum());
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff("other_sign", "a component may have any sign", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [-a, b])
            }),
            chaff("second_sign", "only the first component's sign is set", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [a, -b])
            }),
            chaff(
                "axes_exchanged",
                "the second component lies along the horizontal axis",
                |x, labels, names| moved(x, labels, names, |[a, b]| [b, a]),
            ),
            chaff("one_scale", "scores are measured in deviations", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [a / 5.0, b])
            }),
            chaff("columns_drawn", "the first two features are the components", |x, labels, names| {
                let mut figure = reference::pca_figure(x, labels, names)?;
                for (class, layer) in figure.layers.iter_mut().enumerate() {
                    if let Layer::Points { at, .. } = layer {
                        let of_class = (0..labels.len()).filter(|&i| labels[i] == class);
                        *at = of_class.map(|i| [x[(i, 0)], x[(i, 1)]]).collect();
                    }
                }
                Ok(figure)
            }),
            chaff("one_class", "points are points", |x, labels, names| {
                reference::pca_figure(x, labels, names)?;
                reference::pca_figure(x, &vec![0; labels.len()], names)
            }),
            chaff("notes_forgotten", "the legend tells the classes", |x, labels, names| {
                let mut figure = reference::pca_figure(x, labels, names)?;
                figure.layers.retain(|layer| !matches!(layer, Layer::Note { .. }));
                Ok(figure)
            }),
            chaff("unequal_axes", "the units of the axes do not matter", |x, labels, names| {
                Ok(Figure { equal_axes: false, ..reference::pca_figure(x, labels, names)? })
            }),
            chaff("axes_unnamed", "everybody knows what components are", |x, labels, names| {
                let figure = reference::pca_figure(x, labels, names)?;
                Ok(Figure { x: Default::default(), y: Default::default(), ..figure })
            }),
            chaff("any_label", "a label without a name belongs to the last class", |x, labels, names| {
                let known: Vec<usize> = labels.iter().map(|label| (*label).min(names.len() - 1)).collect();
                reference::pca_figure(x, &known, names)
            }),
            chaff("nan_drawn", "a NaN is a point without a place", |x, labels, names| {
                match reference::pca_figure(x, labels, names) {
                    Err(InputError::NotFinite { .. }) => Ok(Figure::new("Two principal components", "", "")),
                    answer => answer,
                }
            }),
        ],
    )(x, labels, class_names)
}

/// With every point, and every note, elsewhere.
fn moved(x: &Matrix, labels: &[usize], names: &[&str], to: fn([f64; 2]) -> [f64; 2]) -> Drawn {
    let mut figure = reference::pca_figure(x, labels, names)?;
    for layer in &mut figure.layers {
        match layer {
            Layer::Points { at, .. } => at.iter_mut().for_each(|point| *point = to(*point)),
            Layer::Note { at, .. } => *at = to(*at),
            _ => {}
        }
    }
    Ok(figure)
}
