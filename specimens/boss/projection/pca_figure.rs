use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::projection as reference;

mod ways;

use ways::{moved, power_iteration, signed};

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
            chaff(
                "first_entry_positive",
                "a component is turned so that its first entry is positive",
                |x, labels, names| {
                    signed(x, labels, names, |v| v.iter().find(|v| **v != 0.0).copied().unwrap_or(1.0))
                },
            ),
            chaff(
                "sum_positive",
                "a component is turned so that its entries sum to more than 0",
                |x, labels, names| signed(x, labels, names, |v| v.iter().sum()),
            ),
            chaff(
                "shares_of_what_is_seen",
                "two components are all there is, so their shares make 100 %",
                |x, labels, names| {
                    let mut f = reference::pca_figure(x, labels, names)?;
                    let r = crate::reference::boss::pca::explained_variance_ratio(x)?;
                    let s = r[0] + r[1];
                    f.x.label = format!("first ({:.1} % of the variance)", 100.0 * r[0] / s);
                    f.y.label = format!("second ({:.1} % of the variance)", 100.0 * r[1] / s);
                    Ok(f)
                },
            ),
            chaff("last_label_told", "one unknown label is as good as another", |x, labels, names| {
                reference::pca_figure(x, labels, names).map_err(|e| match e {
                    InputError::UnknownClass { classes, index, got } => {
                        let _ = got;
                        let at = labels.iter().rposition(|l| *l >= classes).unwrap_or(index);
                        InputError::UnknownClass { index: at, got: labels[at], classes }
                    }
                    o => o,
                })
            }),
            chaff("last_label_unchecked", "if the others are known the last one is", |x, labels, names| {
                let mut l = labels.to_vec();
                if let Some(l) = l.last_mut()
                    && *l >= names.len()
                {
                    *l = 0;
                }
                reference::pca_figure(x, &l, names)
            }),
            chaff("whole_percents", "a share is a whole number of percents", |x, labels, names| {
                let mut f = reference::pca_figure(x, labels, names)?;
                let r = crate::reference::boss::pca::explained_variance_ratio(x)?;
                f.x.label = format!("first ({:.0}.0 % of the variance)", 100.0 * r[0]);
                Ok(f)
            }),
            chaff("labels_looked_at_first", "labels are looked at before numbers", |x, labels, names| {
                if x.rows() == labels.len()
                    && x.rows() > 1
                    && x.cols() > 1
                    && let Some(index) = labels.iter().position(|l| *l >= names.len())
                {
                    return Err(InputError::UnknownClass { index, got: labels[index], classes: names.len() });
                }
                reference::pca_figure(x, labels, names)
            }),
            wheat(
                "power_iteration",
                "components by power iteration, no longer than it must; labels sorted into layers",
                power_iteration,
            ),
        ],
    )(x, labels, class_names)
}
