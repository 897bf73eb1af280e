use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

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

fn signed(x: &Matrix, labels: &[usize], names: &[&str], of: fn(&[f64]) -> f64) -> Drawn {
    let mut figure = reference::pca_figure(x, labels, names)?;
    let (_, v) =
        crate::reference::boss::pca::principal_components(&crate::reference::boss::pca::covariance(x)?, 2)?;
    let turn = |k: usize| {
        let largest = v.row(k).iter().fold(0.0_f64, |most, v| if v.abs() > most.abs() { *v } else { most });
        if of(v.row(k)).signum() == largest.signum() { 1.0 } else { -1.0 }
    };
    let turns = [turn(0), turn(1)];
    for layer in &mut figure.layers {
        match layer {
            Layer::Points { at, .. } => at.iter_mut().for_each(|p| {
                p[0] *= turns[0];
                p[1] *= turns[1];
            }),
            Layer::Note { at, .. } => {
                at[0] *= turns[0];
                at[1] *= turns[1];
            }
            _ => {}
        }
    }
    Ok(figure)
}

fn power_iteration(x: &Matrix, labels: &[usize], names: &[&str]) -> Drawn {
    let (n, d) = x.shape();
    check::same_length(n, labels.len())?;
    if n < 2 || d < 2 {
        return Err(InputError::TooFew { got: if n < 2 { n } else { d }, wanted: 2 });
    }
    check::finite("x", x.as_slice())?;
    for (index, &got) in labels.iter().enumerate() {
        if names.get(got).is_none() {
            return Err(InputError::UnknownClass { index, got, classes: names.len() });
        }
    }
    if (0..n).all(|i| x.row(i) == x.row(0)) {
        return Err(InputError::Constant { name: "x" });
    }
    let mean: Vec<f64> = (0..d).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
    let centred = Matrix::from_fn(n, d, |i, j| x[(i, j)] - mean[j]);
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let column = |j: usize| (0..n).map(|i| centred[(i, j)]).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (0..d).map(column).collect();
    let products = |a: &Vec<f64>| columns.iter().map(|b| inner(a, b) / (n - 1) as f64).collect();
    let c: Vec<Vec<f64>> = columns.iter().map(products).collect();
    let times = |v: &[f64]| c.iter().map(|row| inner(row, v)).collect::<Vec<f64>>();
    let total: f64 = (0..d).map(|j| c[j][j]).sum();
    let mut found: Vec<Vec<f64>> = Vec::new();
    let mut shares = Vec::new();
    // The second is at right angles to the first, and so known only as well.
    for (k, limit) in [(0, 0.2e-9), (1, 0.9e-9)] {
        let mut v: Vec<f64> = (0..d).map(|j| 1.0 / (1.0 + (3 * j + k) as f64)).collect();
        let lambda = loop {
            for u in &found {
                let share = inner(&v, u);
                v.iter_mut().zip(u).for_each(|(v, u)| *v -= share * u);
            }
            let length = inner(&v, &v).sqrt();
            v.iter_mut().for_each(|v| *v /= length);
            let image = times(&v);
            let lambda = inner(&v, &image);
            if image.iter().zip(&v).all(|(image, v)| (image - lambda * v).abs() <= limit * total) {
                break lambda;
            }
            v = image;
        };
        let tip = v.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(1.0);
        v.iter_mut().for_each(|v| *v *= tip.signum());
        shares.push(100.0 * lambda / total);
        found.push(v);
    }
    let mut at = vec![Vec::new(); names.len()];
    for (i, &label) in labels.iter().enumerate() {
        at[label].push([inner(centred.row(i), &found[0]), inner(centred.row(i), &found[1])]);
    }
    let axis = |name: &str, share: f64| format!("{name} ({share:.1} % of the variance)");
    let (across, up) = (axis("first", shares[0]), axis("second", shares[1]));
    let mut figure = Figure::new("Two principal components", &across, &up).with_equal_axes();
    let middle = |at: &[[f64; 2]]| {
        let sum = at.iter().fold([0.0; 2], |sum, p| [sum[0] + p[0], sum[1] + p[1]]);
        sum.map(|sum| sum / at.len() as f64)
    };
    let notes = names.iter().zip(&at).filter(|(_, at)| !at.is_empty());
    let notes: Vec<Layer> =
        notes.map(|(name, at)| Layer::Note { at: middle(at), text: (*name).to_owned() }).collect();
    for (name, at) in names.iter().zip(at) {
        figure.layers.push(Layer::Points { label: (*name).to_owned(), at });
    }
    figure.layers.extend(notes);
    Ok(figure)
}
