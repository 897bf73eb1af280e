use kit::{InputError, Matrix, check};

use crate::reference::m04_ml_from_scratch::multinomial as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Softmax = fn(&Matrix) -> Result<Matrix, InputError>;

/// The kata, answered by a specimen.
pub fn softmax(z: &Matrix) -> Result<Matrix, InputError> {
    answering::<Softmax>(
        module_path!(),
        reference::softmax,
        &[
            wheat("one_over_a_sum", "1/Σ exp(zₖ − z꜀), each class by itself", |z| {
                by(z, |row, c| 1.0 / row.iter().map(|other| (other - row[c]).exp()).sum::<f64>())
            }),
            wheat("log_sum_exp", "exp(z꜀ − ln Σ exp), with the largest taken out of the sum", |z| {
                by(z, |row, c| {
                    let top = row.iter().fold(f64::MIN, |top, z| top.max(*z));
                    ((row[c] - top) - row.iter().map(|z| (z - top).exp()).sum::<f64>().ln()).exp()
                })
            }),
            wheat("powers_of_two", "2 to the power of z/ln 2", |z| {
                by(z, |row, c| {
                    let top = row.iter().fold(f64::MIN, |top, z| top.max(*z));
                    let power = |z: f64| ((z - top) * std::f64::consts::LOG2_E).exp2();
                    power(row[c]) / row.iter().map(|z| power(*z)).sum::<f64>()
                })
            }),
            wheat(
                "less_the_logarithm",
                "exp(z꜀ − ln Σ exp − largest), the shift put back into the logarithm",
                |z| {
                    by(z, |row, c| {
                        let top = row.iter().fold(f64::MIN, |top, z| top.max(*z));
                        let shift = if top.abs() < 1e15 { 0.0 } else { top };
                        let sum: f64 = row.iter().map(|z| (z - top).exp()).sum();
                        (row[c] - shift - (top - shift + sum.ln())).exp()
                    })
                },
            ),
            chaff(
                "without_the_shift",
                "The formula works for every z: the exponentials do not overflow.",
                |z| by(z, |row, c| row[c].exp() / row.iter().map(|z| z.exp()).sum::<f64>()),
            ),
            chaff("over_columns", "Each column is normalized: a sample is a column.", |z| {
                reference::softmax(z)?;
                let turned = Matrix::from_fn(z.cols(), z.rows(), |c, i| z[(i, c)]);
                if z.rows() == 0 {
                    return Ok(z.clone());
                }
                let p = reference::softmax(&turned)?;
                Ok(Matrix::from_fn(z.rows(), z.cols(), |i, c| p[(c, i)]))
            }),
            chaff("over_everything", "All entries of the matrix sum to 1.", |z| {
                reference::softmax(z)?;
                let top = z.as_slice().iter().fold(f64::MIN, |top, z| top.max(*z));
                let sum: f64 = z.as_slice().iter().map(|z| (z - top).exp()).sum();
                Ok(Matrix::from_fn(z.rows(), z.cols(), |i, c| (z[(i, c)] - top).exp() / sum))
            }),
            chaff(
                "one_shift_for_all_rows",
                "The largest entry of the whole matrix can be subtracted from every row.",
                |z| {
                    let top = z.as_slice().iter().fold(f64::MIN, |top, z| top.max(*z));
                    by(z, |row, c| (row[c] - top).exp() / row.iter().map(|z| (z - top).exp()).sum::<f64>())
                },
            ),
            chaff("shares", "The probability is the logit divided by the sum of the logits.", |z| {
                by(z, |row, c| row[c] / row.iter().sum::<f64>())
            }),
            chaff("sigmoids", "Each class has its own sigmoid.", |z| {
                by(z, |row, c| 1.0 / (1.0 + (-row[c]).exp()))
            }),
            chaff("winner_takes_all", "Softmax is the argmax as a one-hot encoding.", |z| {
                by(z, |row, c| f64::from(u8::from(row.iter().all(|other| *other <= row[c]))))
            }),
            chaff("logarithms", "Softmax returns log-probabilities (log-softmax).", |z| {
                by(z, |row, c| -row.iter().map(|other| (other - row[c]).exp()).sum::<f64>().ln())
            }),
            chaff("nan_comes_back", "NaN in the logits may propagate into the probabilities.", |z| {
                match reference::softmax(z) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok(Matrix::from_fn(z.rows(), z.cols(), |_, _| f64::NAN))
                    }
                    answer => answer,
                }
            }),
            chaff("no_classes", "The softmax of a matrix without columns is that matrix.", |z| {
                if z.cols() == 0 { Ok(z.clone()) } else { reference::softmax(z) }
            }),
            chaff("no_rows_rejected", "An empty data set is an error.", |z| {
                check::at_least(1, z.rows())?;
                reference::softmax(z)
            }),
        ],
    )(z)
}

fn by(z: &Matrix, one: impl Fn(&[f64], usize) -> f64) -> Result<Matrix, InputError> {
    reference::softmax(z)?;
    Ok(Matrix::from_fn(z.rows(), z.cols(), |i, c| one(z.row(i), c)))
}
