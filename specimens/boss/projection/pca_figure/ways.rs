//! Other ways to compute it, right and wrong, for the specimens of `pca_figure`.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

use super::Drawn;
use crate::reference::boss::projection as reference;

/// With every point, and every note, elsewhere.
pub(super) fn moved(x: &Matrix, labels: &[usize], names: &[&str], to: fn([f64; 2]) -> [f64; 2]) -> Drawn {
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

pub(super) fn signed(x: &Matrix, labels: &[usize], names: &[&str], of: fn(&[f64]) -> f64) -> Drawn {
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

pub(super) fn power_iteration(x: &Matrix, labels: &[usize], names: &[&str]) -> Drawn {
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
    let centered = Matrix::from_fn(n, d, |i, j| x[(i, j)] - mean[j]);
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let column = |j: usize| (0..n).map(|i| centered[(i, j)]).collect::<Vec<f64>>();
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
        at[label].push([inner(centered.row(i), &found[0]), inner(centered.row(i), &found[1])]);
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
