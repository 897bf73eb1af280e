use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix};

use crate::reference::boss::projection as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            wheat("moved", "PCA of data measured from their first sample", |x, labels, names| {
                reference::pca_figure(x, labels, names)?;
                reference::pca_figure(
                    &Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - x[(0, j)]),
                    labels,
                    names,
                )
            }),
            wheat(
                "notes_summed_backwards",
                "means of the points summed from the last one",
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
            chaff("other_sign", "A component may have any sign.", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [-a, b])
            }),
            chaff("second_sign", "Only the sign of the first component is fixed.", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [a, -b])
            }),
            chaff("axes_exchanged", "The second component is on the horizontal axis.", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [b, a])
            }),
            chaff("one_scale", "The scores are standardized.", |x, labels, names| {
                moved(x, labels, names, |[a, b]| [a / 5.0, b])
            }),
            chaff("columns_drawn", "The first two features are the components.", |x, labels, names| {
                let mut figure = reference::pca_figure(x, labels, names)?;
                for (class, layer) in figure.layers.iter_mut().enumerate() {
                    if let Layer::Points { at, .. } = layer {
                        let of_class = (0..labels.len()).filter(|&i| labels[i] == class);
                        *at = of_class.map(|i| [x[(i, 0)], x[(i, 1)]]).collect();
                    }
                }
                Ok(figure)
            }),
            chaff("one_class", "All classes share one layer of points.", |x, labels, names| {
                reference::pca_figure(x, labels, names)?;
                reference::pca_figure(x, &vec![0; labels.len()], names)
            }),
            chaff("notes_forgotten", "A legend is enough, without notes.", |x, labels, names| {
                let mut figure = reference::pca_figure(x, labels, names)?;
                figure.layers.retain(|layer| !matches!(layer, Layer::Note { .. }));
                Ok(figure)
            }),
            chaff("unequal_axes", "The axes may have different units.", |x, labels, names| {
                Ok(Figure { equal_axes: false, ..reference::pca_figure(x, labels, names)? })
            }),
            chaff("axes_unnamed", "The axes need no labels.", |x, labels, names| {
                let figure = reference::pca_figure(x, labels, names)?;
                Ok(Figure { x: Default::default(), y: Default::default(), ..figure })
            }),
            chaff("any_label", "A label without a name counts as the last class.", |x, labels, names| {
                let known: Vec<usize> = labels.iter().map(|label| (*label).min(names.len() - 1)).collect();
                reference::pca_figure(x, &known, names)
            }),
            chaff(
                "nan_drawn",
                "A sample with a NaN is drawn.",
                |x, labels, names| match reference::pca_figure(x, labels, names) {
                    Err(InputError::NotFinite { .. }) => Ok(Figure::new("Two principal components", "", "")),
                    answer => answer,
                },
            ),
            chaff(
                "first_entry_positive",
                "The first entry of a component is made positive.",
                |x, labels, names| {
                    signed(x, labels, names, |v| v.iter().find(|v| **v != 0.0).copied().unwrap_or(1.0))
                },
            ),
            chaff(
                "sum_positive",
                "The sum of a component's entries is made positive.",
                |x, labels, names| signed(x, labels, names, |v| v.iter().sum()),
            ),
            chaff("shares_of_what_is_seen", "The two ratios sum to 100 %.", |x, labels, names| {
                let mut f = reference::pca_figure(x, labels, names)?;
                let r = crate::reference::boss::pca::explained_variance_ratio(x)?;
                let s = r[0] + r[1];
                f.x.label = format!("first ({:.1} % of the variance)", 100.0 * r[0] / s);
                f.y.label = format!("second ({:.1} % of the variance)", 100.0 * r[1] / s);
                Ok(f)
            }),
            chaff("last_label_unchecked", "The last label need not be checked.", |x, labels, names| {
                let mut l = labels.to_vec();
                if let Some(l) = l.last_mut()
                    && *l >= names.len()
                {
                    *l = 0;
                }
                reference::pca_figure(x, &l, names)
            }),
            chaff("whole_percents", "The ratios are rounded to whole percents.", |x, labels, names| {
                let mut f = reference::pca_figure(x, labels, names)?;
                let r = crate::reference::boss::pca::explained_variance_ratio(x)?;
                f.x.label = format!("first ({:.0}.0 % of the variance)", 100.0 * r[0]);
                Ok(f)
            }),
            wheat(
                "power_iteration",
                "components by power iteration; labels sorted into layers",
                power_iteration,
            ),
        ],
    )(x, labels, class_names)
}
