//! Samples with a decision line, and how its picture is read.

use judge::any::select;
use judge::{Answer, Broken, any, equal};
use katas::m06_perceptron::boundary::decision_figure;
use kit::figure::Layer;
use kit::{Figure, Matrix};
use proptest::prelude::*;

use super::super::sizes::{Numbers, many, matrix_of};

pub const CALL: &str = "decision_figure(x, y, w, b)";

pub type Picture = (Matrix, Vec<usize>, [f64; 2], f64);

/// Samples, labels, and a neuron that has nothing to do with them, but that its line may pass through the first one.
pub fn pictures() -> impl Strategy<Value = Picture> + Send + Sync + Clone {
    let drawn = many(1..=5).prop_flat_map(|m| {
        let w = [any::nonzero(), any::nonzero()];
        (matrix_of(Numbers::Eighths, m, 2), judge::any::vec(0..2_usize, m), w, any::eighth())
    });
    // One side may be of no width, or thousands of times as long as the other, with a weight that is as much smaller.
    let sides = (0..2_usize, select(vec![0, 0, 0, 4, 8, 12]), prop::bool::weighted(0.25));
    (drawn, prop::bool::weighted(0.25), sides).prop_map(|((x, y, mut w, b), through, (axis, k, even))| {
        let unit = 2.0_f64.powi(k);
        w[axis] /= unit;
        let x = Matrix::from_fn(x.rows(), 2, |i, j| match (j == axis, even) {
            (true, _) => x[(i, j)] * unit,
            (false, true) => x[(0, j)],
            (false, false) => x[(i, j)],
        });
        let b = if through { -(w[0] * x[(0, 0)] + w[1] * x[(0, 1)]) } else { b };
        (x, y, w, b)
    })
}

pub fn drawn((x, y, w, b): &Picture) -> Result<Figure, Broken> {
    let figure = decision_figure(x, y, *w, *b).accepted(CALL)?;
    let kind = |layer: &Layer| match layer {
        Layer::Field { label, contours: false, .. } => format!("field {label}"),
        Layer::Points { label, .. } => format!("points {label}"),
        Layer::Line { label, .. } => format!("line {label}"),
        other => format!("another layer: {other:?}").chars().take(60).collect(),
    };
    let kinds: Vec<_> = figure.layers.iter().map(kind).collect();
    let want = ["field P(class 1)", "points class 0", "points class 1", "line decision boundary"];
    equal(
        "the layers, back to front",
        kinds,
        want.map(String::from).to_vec(),
        "Four layers, each with its label.",
    )?;
    Ok(figure)
}

/// The ends of the field in x and y, and its values.
pub fn field(figure: &Figure) -> Result<([[f64; 2]; 2], &Matrix), Broken> {
    let Some(Layer::Field { x, y, values, .. }) = figure.layers.first() else {
        unreachable!("looked at before")
    };
    equal(
        "the shape of the field",
        values.shape(),
        (61, 61),
        "61 points along each side, both ends included.",
    )?;
    Ok(([*x, *y], values))
}

pub fn at([first, last]: [f64; 2], k: usize) -> f64 {
    first + (last - first) * k as f64 / 60.0
}
