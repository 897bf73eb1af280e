use kit::{InputError, Matrix, check};

use crate::reference::boss::pca as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Centered = Result<(Matrix, Vec<f64>), InputError>;
type Center = fn(&Matrix) -> Centered;

/// The kata, answered by a specimen.
pub fn center(x: &Matrix) -> Centered {
    answering::<Center>(
        module_path!(),
        reference::center,
        &[
            wheat("column_by_column", "the sum of each column, then over n", |x| {
                by(x, |x, j| (0..x.rows()).rev().map(|i| x[(i, j)]).sum::<f64>() / x.rows() as f64)
            }),
            wheat("running", "a mean that follows sample after sample", |x| {
                by(x, |x, j| (0..x.rows()).fold(0.0, |mean, i| mean + (x[(i, j)] - mean) / (i + 1) as f64))
            }),
            chaff("one_mean_for_all", "All entries are centered by one common mean.", |x| {
                by(x, |x, _| x.as_slice().iter().sum::<f64>() / x.as_slice().len() as f64)
            }),
            chaff("first_sample", "The first sample is subtracted instead of the mean.", |x| {
                by(x, |x, j| x[(0, j)])
            }),
            chaff("over_one_less", "The mean divides by n − 1.", |x| {
                by(x, |x, j| (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / (x.rows().max(2) - 1) as f64)
            }),
            chaff("rows_for_columns", "Each sample is centered by the mean of its own features.", |x| {
                let (_, mean) = reference::center(x)?;
                let of = |i: usize| x.row(i).iter().sum::<f64>() / x.cols() as f64;
                Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - of(i)), mean))
            }),
            chaff("mean_is_now_zero", "The returned mean is that of the centered data.", |x| {
                Ok((reference::center(x)?.0, vec![0.0; x.cols()]))
            }),
            chaff("added", "The mean is added.", |x| {
                let (_, mean) = reference::center(x)?;
                Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + mean[j]), mean))
            }),
            chaff("scaled", "Centering scales the largest entry to 1.", |x| {
                let (centered, mean) = reference::center(x)?;
                let size = centered.as_slice().iter().fold(f64::MIN_POSITIVE, |size, x| size.max(x.abs()));
                Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| centered[(i, j)] / size), mean))
            }),
            chaff("empty_is_zero", "The mean of no samples is 0.", |x| {
                if x.rows() == 0 { Ok((x.clone(), vec![0.0; x.cols()])) } else { reference::center(x) }
            }),
            chaff("nan_comes_back", "A NaN in the data gives a NaN result.", |x| {
                if x.as_slice().iter().all(|x| x.is_finite()) {
                    reference::center(x)
                } else {
                    Ok((x.clone(), vec![f64::NAN; x.cols()]))
                }
            }),
            wheat("halves", "pairwise summation, subtracted in place", |x| {
                let ((n, d), all) = (x.shape(), x.as_slice());
                check::at_least(1, n)?;
                for (index, number) in all.iter().enumerate() {
                    if number.is_nan() || number.is_infinite() {
                        return Err(InputError::NotFinite { name: "x", index });
                    }
                }
                let mean: Vec<f64> = (0..d).map(|j| halved(x, j, 0, n) / n as f64).collect();
                let mut centered = x.clone();
                for i in 0..n {
                    mean.iter().enumerate().for_each(|(j, mean)| centered[(i, j)] -= mean);
                }
                Ok((centered, mean))
            }),
        ],
    )(x)
}

fn by(x: &Matrix, mean: fn(&Matrix, usize) -> f64) -> Centered {
    reference::center(x)?;
    let mean: Vec<f64> = (0..x.cols()).map(|j| mean(x, j)).collect();
    Ok((Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] - mean[j]), mean))
}

fn halved(x: &Matrix, j: usize, from: usize, to: usize) -> f64 {
    match to - from {
        1 => x[(from, j)],
        many => halved(x, j, from, from + many / 2) + halved(x, j, from + many / 2, to),
    }
}
