use kit::{InputError, Matrix, check};

use crate::reference::boss::projection as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Scores = Result<Matrix, InputError>;
type Project = fn(&Matrix, &[f64], &Matrix) -> Scores;

/// The kata, answered by a specimen.
pub fn project(x: &Matrix, mean: &[f64], components: &Matrix) -> Scores {
    answering::<Project>(
        module_path!(),
        reference::project,
        &[
            wheat("backwards", "sums from the last feature", |x, mean, v| {
                by(x, mean, v, |x, m, v| x.iter().zip(m).zip(v).rev().map(|((x, m), v)| (x - m) * v).sum())
            }),
            chaff(
                "product_less_mean",
                "The score of the mean may be subtracted at the end.",
                |x, mean, v| by(x, mean, v, |x, m, v| inner(x, v) - inner(m, v)),
            ),
            chaff("not_centered", "A score is v·x, without centering.", |x, mean, v| {
                by(x, mean, v, |x, _, v| inner(x, v))
            }),
            chaff("mean_added", "A score is v·(x + m).", |x, mean, v| {
                by(x, mean, v, |x, m, v| inner(x, v) + inner(m, v))
            }),
            chaff("other_way", "A score is v·(m − x).", |x, mean, v| {
                by(x, mean, v, |x, m, v| inner(m, v) - inner(x, v))
            }),
            chaff("sizes", "A score has no sign.", |x, mean, v| {
                by(x, mean, v, |x, m, v| (inner(x, v) - inner(m, v)).abs())
            }),
            chaff("one_column_a_sample", "Scores are q×n, one column per sample.", |x, mean, v| {
                let s = reference::project(x, mean, v)?;
                Ok(Matrix::from_fn(s.cols(), s.rows(), |k, i| s[(i, k)]))
            }),
            chaff("transposed_components", "Components are the columns of the matrix.", |x, mean, v| {
                let square = v.rows() == v.cols();
                let turned =
                    Matrix::from_fn(v.rows(), v.cols(), |k, j| if square { v[(j, k)] } else { v[(k, j)] });
                reference::project(x, mean, &turned)
            }),
            chaff("means_cut", "A missing entry of the mean is 0.", |x, mean, v| {
                let mean: Vec<f64> = (0..x.cols()).map(|j| mean.get(j).copied().unwrap_or(0.0)).collect();
                reference::project(x, &mean, v)
            }),
            chaff("nan_comes_back", "A NaN in the data gives a NaN score.", |x, mean, v| {
                match reference::project(x, mean, v) {
                    Err(InputError::NotFinite { .. }) => Ok(Matrix::zeros(x.rows(), v.rows())),
                    answer => answer,
                }
            }),
            wheat("matrix_product", "one product of matrices, by nalgebra", |x, mean, v| {
                reference::project(x, mean, v)?;
                let centered = nalgebra::DMatrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean[j]);
                let s = centered
                    * nalgebra::DMatrix::from_row_slice(v.rows(), v.cols(), v.as_slice()).transpose();
                Ok(Matrix::from_fn(x.rows(), v.rows(), |i, k| s[(i, k)]))
            }),
            wheat("feature_by_feature", "each feature adds its part to all scores, fused", |x, mean, v| {
                check::same_length(x.cols(), mean.len())?;
                if v.cols() != mean.len() {
                    return Err(InputError::ShapeMismatch { left: x.shape(), right: v.shape() });
                }
                for (name, numbers) in [("x", x.as_slice()), ("mean", mean), ("components", v.as_slice())] {
                    for (index, number) in numbers.iter().enumerate() {
                        if number.abs() == f64::INFINITY || number.is_nan() {
                            return Err(InputError::NotFinite { name, index });
                        }
                    }
                }
                let mut scores = Matrix::zeros(x.rows(), v.rows());
                for (j, m) in mean.iter().enumerate() {
                    for i in 0..x.rows() {
                        for k in 0..v.rows() {
                            scores[(i, k)] = (x[(i, j)] - m).mul_add(v[(k, j)], scores[(i, k)]);
                        }
                    }
                }
                Ok(scores)
            }),
        ],
    )(x, mean, components)
}

fn inner(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn by(x: &Matrix, mean: &[f64], v: &Matrix, score: fn(&[f64], &[f64], &[f64]) -> f64) -> Scores {
    reference::project(x, mean, v)?;
    Ok(Matrix::from_fn(x.rows(), v.rows(), |i, k| score(x.row(i), mean, v.row(k))))
}
