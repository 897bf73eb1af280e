//! The data that the laws of this milestone draw: small, in eighths, and known in advance where that helps.

use judge::any;
use kit::Matrix;
use proptest::prelude::*;

/// Features, targets, weights and an intercept that fit together.
pub type Problem = (Matrix, Vec<f64>, Vec<f64>, f64);

/// One to five samples with up to three features; the targets have nothing to do with them.
pub fn problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    (1..=5_usize, few()).prop_flat_map(|(n, d)| problem_of(n, d))
}

/// The same with now and then up to ten features, for those who take several at a time.
pub fn wide_problem() -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    (1..=5_usize, features()).prop_flat_map(|(n, d)| problem_of(n, d))
}

/// The same with labels 0 and 1 for targets, both present.
pub fn labeled() -> impl Strategy<Value = (Matrix, Vec<usize>, Vec<f64>, f64)> + Send + Sync + Clone {
    (2..=5_usize, features())
        .prop_flat_map(|(n, d)| (any::matrix(n, d), labels(n, 2), any::vector(d..=d), any::eighth()))
}

fn problem_of(n: usize, d: usize) -> impl Strategy<Value = Problem> + Send + Sync + Clone {
    (any::matrix(n, d), any::vector(n..=n), any::vector(d..=d), any::eighth())
}

/// The targets of a problem and its features, for those who find the weights themselves.
pub fn samples() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync + Clone {
    wide_problem().prop_map(|(x, y, ..)| (x, y))
}

/// The same with labels.
pub fn labeled_samples() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    labeled().prop_map(|(x, y, ..)| (x, y))
}

/// Up to three, rather one or more: a counterexample without features is hard to read.
pub fn few() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => 1..=3_usize, 1 => Just(0)]
}

fn features() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![5 => 1..=3_usize, 1 => Just(0), 1 => 4..=10_usize]
}

/// n ≥ 2 labels below `classes`; the first two are 0 and 1 or 1 and 0, so that two classes are present. Of three classes and
/// more the first one is missing now and then.
pub fn labels(n: usize, classes: usize) -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    (any::<bool>(), judge::any::vec(0..classes, n), 0..=3_u8).prop_map(move |(swapped, mut labels, form)| {
        labels[0] = usize::from(swapped);
        labels[1] = usize::from(!swapped);
        if form == 3 && classes > 2 {
            labels.iter_mut().filter(|label| **label == 0).for_each(|label| *label = classes - 1);
        }
        labels
    })
}

/// Features whose columns and the constant are far from dependent: each feature alone once at +4 and once at −4, and
/// up to three samples more, at least one where there are no features.
pub fn design(d: usize) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let more = usize::from(d == 0)..=3_usize;
    more.prop_flat_map(move |more| any::matrix(more, d)).prop_map(move |more| {
        Matrix::from_fn(2 * d + more.rows(), d, |i, j| match i {
            _ if i >= 2 * d => more[(i - 2 * d, j)],
            _ if i / 2 != j => 0.0,
            _ => 4.0 - 8.0 * (i % 2) as f64,
        })
    })
}

/// What is multiplied by it is an eighth no longer, and no number of single precision.
pub fn unit() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    judge::any::select(vec![1.0, 1.0 / 3.0, 1.0 + 0.5_f64.powi(40)])
}

/// The matrix with each entry multiplied.
pub fn times(x: &Matrix, unit: f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit)
}

/// ŷ for each row of x, by the definition.
pub fn linear(x: &Matrix, w: &[f64], b: f64) -> Vec<f64> {
    (0..x.rows()).map(|i| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b).collect()
}

/// The sum of the sizes of all that is added up for one prediction, at its largest: what its rounding is measured
/// against.
pub fn size(x: &Matrix, w: &[f64], b: f64) -> f64 {
    let sizes: Vec<f64> = x.as_slice().iter().map(|x| x.abs()).collect();
    let absolute = Matrix::from_fn(x.rows(), x.cols(), |i, j| sizes[i * x.cols() + j]);
    let w: Vec<f64> = w.iter().map(|w| w.abs()).collect();
    linear(&absolute, &w, b.abs()).into_iter().fold(0.0, f64::max)
}

/// Each sample twice, one after the other.
pub fn twice(x: &Matrix) -> Matrix {
    Matrix::from_fn(2 * x.rows(), x.cols(), |i, j| x[(i / 2, j)])
}

/// The matrix with `value` for entry number `index`, counted row after row.
pub fn with(x: &Matrix, index: usize, value: f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| if i * x.cols() + j == index { value } else { x[(i, j)] })
}

/// Two samples with three features, for what must be rejected.
pub fn two_by_three() -> Matrix {
    Matrix::from_rows([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
}

/// Σⱼ|xᵢⱼ·wⱼ| + |b| for each row: what the rounding of a prediction is measured against.
pub fn sizes(x: &Matrix, w: &[f64], b: f64) -> Vec<f64> {
    let size = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| (x * w).abs()).sum::<f64>() + b.abs();
    (0..x.rows()).map(size).collect()
}

/// How far σ(z) may be off if z is off by `error`, and σ rounds a few times itself.
pub fn sigmoid_error(z: f64, error: f64) -> f64 {
    let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
    sigmoid(z + error) - sigmoid(z - error) + judge::rounding(8, 1.0)
}

/// A column of numbers as a matrix, for tolerances of its own for each.
pub fn column(numbers: &[f64]) -> Matrix {
    Matrix::from_fn(numbers.len(), 1, |i, _| numbers[i])
}
