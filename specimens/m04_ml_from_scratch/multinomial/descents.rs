//! Descents as whole steps, and sample by sample.

use kit::{InputError, Matrix};

use crate::reference::m04_ml_from_scratch::multinomial as reference;

pub(super) type Model = (Matrix, Vec<f64>);

pub(super) fn descend(
    x: &Matrix,
    y: &[usize],
    [classes, steps]: [usize; 2],
    rate: f64,
    residual: impl Fn(f64, f64) -> f64,
    bias: f64,
) -> Result<Model, InputError> {
    reference::multinomial_fit(x, y, classes, rate, 0)?;
    let ((n, d), count) = (x.shape(), y.len() as f64);
    let (mut w, mut b) = (Matrix::zeros(classes, d), vec![0.0; classes]);
    for _ in 0..steps {
        let z = Matrix::from_fn(n, classes, |i, c| (0..d).map(|j| x[(i, j)] * w[(c, j)]).sum::<f64>() + b[c]);
        let p = reference::softmax(&z)
            .map_err(|_| InputError::NotConverged { steps, residual: f64::INFINITY })?;
        let off = Matrix::from_fn(n, classes, |i, c| residual(p[(i, c)], f64::from(u8::from(y[i] == c))));
        let along =
            |c: usize, of: &dyn Fn(usize) -> f64| (0..n).map(|i| off[(i, c)] * of(i)).sum::<f64>() / count;
        w = Matrix::from_fn(classes, d, |c, j| w[(c, j)] - rate * along(c, &|i| x[(i, j)]));
        b = (0..classes).map(|c| b[c] - bias * rate * along(c, &|_| 1.0)).collect();
    }
    let finite = w.as_slice().iter().chain(&b).all(|v| v.is_finite());
    if finite { Ok((w, b)) } else { Err(InputError::NotConverged { steps, residual: f64::INFINITY }) }
}

pub(super) fn through_softmax(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    rate: f64,
    steps: usize,
) -> Result<Model, InputError> {
    // The intercept as the weight of one feature more that is always 1.
    reference::multinomial_fit(x, y, classes, rate, 0)?;
    let d = x.cols();
    let more = Matrix::from_fn(x.rows(), d + 1, |i, j| if j < d { x[(i, j)] } else { 1.0 });
    let (v, _) = descend(&more, y, [classes, steps], rate, |p, truth| p - truth, 0.0)?;
    Ok((Matrix::from_fn(classes, d, |c, j| v[(c, j)]), (0..classes).map(|c| v[(c, d)]).collect()))
}

pub(super) fn sample_by_sample(
    x: &Matrix,
    y: &[usize],
    classes: usize,
    rate: f64,
    steps: usize,
) -> Result<Model, InputError> {
    reference::multinomial_fit(x, y, classes, rate, 0)?;
    let (mut w, mut b) = (Matrix::zeros(classes, x.cols()), vec![0.0; classes]);
    for i in (0..steps).flat_map(|_| 0..y.len()) {
        let row = x.row(i);
        let z = Matrix::from_fn(1, classes, |_, c| {
            w.row(c).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + b[c]
        });
        let p = reference::softmax(&z)?;
        for c in 0..classes {
            let off = rate * (p[(0, c)] - f64::from(u8::from(y[i] == c)));
            (0..row.len()).for_each(|j| w[(c, j)] -= off * row[j]);
            b[c] -= off;
        }
    }
    Ok((w, b))
}
