use kit::{InputError, Matrix, check};

use crate::reference::boss::projection as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Samples = Result<Matrix, InputError>;
type Reconstruct = fn(&Matrix, &[f64], &Matrix) -> Samples;

/// The kata, answered by a specimen.
pub fn reconstruct(scores: &Matrix, mean: &[f64], components: &Matrix) -> Samples {
    answering::<Reconstruct>(
        module_path!(),
        reference::reconstruct,
        &[
            wheat("step_by_step", "starts at the mean, adds one component after the other", |s, mean, v| {
                reference::reconstruct(s, mean, v)?;
                let mut x = Matrix::from_fn(s.rows(), mean.len(), |_, j| mean[j]);
                for k in 0..v.rows() {
                    for i in 0..s.rows() {
                        (0..mean.len()).for_each(|j| x[(i, j)] += s[(i, k)] * v[(k, j)]);
                    }
                }
                Ok(x)
            }),
            wheat("last_component_first", "adds the mean at the end", |s, mean, v| {
                by(s, mean, v, |s, m, column| s.iter().zip(column).rev().map(|(s, v)| s * v).sum::<f64>() + m)
            }),
            chaff("mean_forgotten", "The mean is not added.", |s, mean, v| {
                by(s, mean, v, |s, _, column| s.iter().zip(column).map(|(s, v)| s * v).sum())
            }),
            chaff("mean_subtracted", "The mean is subtracted.", |s, mean, v| {
                by(s, mean, v, |s, m, column| s.iter().zip(column).map(|(s, v)| s * v).sum::<f64>() - m)
            }),
            chaff("mean_only", "The reconstruction is the mean, whatever the scores are.", |s, mean, v| {
                by(s, mean, v, |_, m, _| m)
            }),
            chaff("first_component", "Only the first component counts.", |s, mean, v| {
                by(s, mean, v, |s, m, column| m + s.first().zip(column.first()).map_or(0.0, |(s, v)| s * v))
            }),
            chaff("other_sign", "Scores are subtracted from the mean.", |s, mean, v| {
                by(s, mean, v, |s, m, column| m - s.iter().zip(column).map(|(s, v)| s * v).sum::<f64>())
            }),
            chaff("mean_of_steps", "The contributions of the components are averaged.", |s, mean, v| {
                by(s, mean, v, |s, m, column| {
                    m + s.iter().zip(column).map(|(s, v)| s * v).sum::<f64>() / s.len().max(1) as f64
                })
            }),
            chaff("cut_to_fit", "Components without scores are ignored.", |s, mean, v| {
                let q = s.cols().min(v.rows());
                let scores = Matrix::from_fn(s.rows(), q, |i, k| s[(i, k)]);
                reference::reconstruct(&scores, mean, &Matrix::from_fn(q, v.cols(), |k, j| v[(k, j)]))
            }),
            chaff("nan_comes_back", "A NaN in the scores gives a NaN result.", |s, mean, v| {
                match reference::reconstruct(s, mean, v) {
                    Err(InputError::NotFinite { .. }) => Ok(Matrix::zeros(s.rows(), mean.len())),
                    answer => answer,
                }
            }),
            chaff("three_components_at_most", "There are at most three components.", |s, m, v| {
                let (k, d) = (s.cols().min(3), v.cols());
                if s.cols() != v.rows() || v.cols() != m.len() {
                    return reference::reconstruct(s, m, v);
                }
                reference::reconstruct(s, m, v)?;
                reference::reconstruct(
                    &Matrix::from_fn(s.rows(), k, |i, j| s[(i, j)]),
                    m,
                    &Matrix::from_fn(k, d, |i, j| v[(i, j)]),
                )
            }),
            wheat("by_nalgebra", "one matrix product, the mean added to each row", |s, mean, v| {
                let ((n, q), d) = (s.shape(), mean.len());
                check::same_length(v.cols(), d)?;
                if v.rows() != q {
                    return Err(InputError::ShapeMismatch { left: s.shape(), right: v.shape() });
                }
                for (name, numbers) in
                    [("scores", s.as_slice()), ("mean", mean), ("components", v.as_slice())]
                {
                    check::finite(name, numbers)?;
                }
                let m = nalgebra::DMatrix::from_fn(n, d, |_, j| mean[j]);
                let samples = nalgebra::DMatrix::from_row_slice(n, q, s.as_slice())
                    * nalgebra::DMatrix::from_row_slice(q, d, v.as_slice())
                    + m;
                Ok(Matrix::from_fn(n, d, |i, j| samples[(i, j)]))
            }),
        ],
    )(scores, mean, components)
}

/// From the scores of a sample, an entry of the mean, and that entry of every component.
fn by(s: &Matrix, mean: &[f64], v: &Matrix, entry: fn(&[f64], f64, &[f64]) -> f64) -> Samples {
    reference::reconstruct(s, mean, v)?;
    let column = |j: usize| (0..v.rows()).map(|k| v[(k, j)]).collect::<Vec<f64>>();
    Ok(Matrix::from_fn(s.rows(), mean.len(), |i, j| entry(s.row(i), mean[j], &column(j))))
}
