//! Other ways to compute it, right and wrong, for the specimens of `attack_success_rate`.

use kit::{Dense, InputError, Matrix, check};

use super::super::says;
use super::Rate;
use crate::reference::boss::robustness as reference;

/// Of the samples that count, the share that is hit.
pub(super) fn share(
    pairs: &[(bool, bool)],
    counts: fn((bool, bool)) -> bool,
    hit: fn((bool, bool)) -> bool,
) -> f64 {
    let counted: Vec<_> = pairs.iter().filter(|pair| counts(**pair)).collect();
    counted.iter().filter(|pair| hit(***pair)).count() as f64 / counted.len() as f64
}

/// From whether each sample was right before and after; the reference says what is rejected.
pub(super) fn by(
    network: &[Dense],
    x: &Matrix,
    labels: &[usize],
    attacked: &Matrix,
    rate: fn(&[(bool, bool)]) -> f64,
) -> Rate {
    reference::attack_success_rate(network, x, labels, attacked)?;
    let right = |of: &Matrix, i: usize| says(network, of.row(i)) == labels[i];
    Ok(rate(&(0..labels.len()).map(|i| (right(x, i), right(attacked, i))).collect::<Vec<_>>()))
}

pub(super) fn by_nalgebra(network: &[Dense], x: &Matrix, labels: &[usize], attacked: &Matrix) -> Rate {
    use std::collections::BTreeSet;

    use nalgebra::DMatrix;
    if (x.rows(), x.cols()) != (attacked.rows(), attacked.cols()) {
        return Err(InputError::ShapeMismatch { left: x.shape(), right: attacked.shape() });
    }
    check::same_length(x.rows(), labels.len())?;
    let few = InputError::TooFew { got: 0, wanted: 1 };
    let (last, hidden) = network.split_last().ok_or(few.clone())?;
    let n = x.rows();
    let logits = |x: &Matrix| {
        let mut h = DMatrix::from_row_slice(n, x.cols(), x.as_slice());
        for (l, layer) in hidden.iter().chain([last]).enumerate() {
            layer.accepts(&Matrix::from_fn(n, h.ncols(), |i, j| h[(i, j)]))?;
            let (k, d) = layer.weights.shape();
            let mut z = &h * DMatrix::from_row_slice(k, d, layer.weights.as_slice()).transpose();
            z.column_iter_mut().zip(&layer.bias).for_each(|(mut column, b)| column.add_scalar_mut(*b));
            h = if l < hidden.len() { z.map(f64::tanh) } else { z };
        }
        Ok::<_, InputError>(h)
    };
    let says = |z: &DMatrix<f64>, i: usize| {
        let best = z.row(i).max();
        z.row(i).iter().position(|z| *z == best)
    };
    let [before, after] = [logits(x)?, logits(attacked)?];
    for (index, &got) in labels.iter().enumerate() {
        if got >= last.bias.len() {
            return Err(InputError::UnknownClass { index, got, classes: last.bias.len() });
        }
    }
    let right = |z| (0..n).filter(|&i| says(z, i) == Some(labels[i])).collect::<BTreeSet<usize>>();
    let (before, after) = (right(&before), right(&after));
    if before.is_empty() {
        return Err(few);
    }
    Ok(before.difference(&after).count() as f64 / before.len() as f64)
}
