use kit::{InputError, check};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use crate::reference::m01_linear_algebra::ndarray_ops as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn standardize_columns(x: ArrayView2<'_, f64>) -> Answer {
    answering::<fn(ArrayView2<'_, f64>) -> Answer>(
        module_path!(),
        reference::standardize_columns,
        &[
            wheat(
                "textbook",
                "mean and standard deviation of the library; constant columns are found first",
                |x| {
                    allowed(x)?;
                    let mut z = &x - &mean(x);
                    z /= &x.std_axis(Axis(0), 0.0).mapv(|s| if s == 0.0 { 1.0 } else { s });
                    for (j, mut column) in z.columns_mut().into_iter().enumerate() {
                        if x.column(j).iter().all(|entry| *entry == x[(0, j)]) {
                            column.fill(0.0);
                        }
                    }
                    Ok(z)
                },
            ),
            wheat("column_by_column", "Welford's online algorithm, for each column", |x| {
                allowed(x)?;
                let mut z = x.to_owned();
                for mut column in z.columns_mut() {
                    let (mean, deviation) = welford(column.view());
                    column.mapv_inplace(|x| (x - mean) / deviation);
                }
                Ok(z)
            }),
            wheat(
                "constant_within_rounding",
                "treats a standard deviation below 1e-13 of the largest entry as rounding error",
                |x| {
                    allowed(x)?;
                    let centered = &x - &mean(x);
                    let largest = x.fold_axis(Axis(0), 0.0, |largest: &f64, x| largest.max(x.abs()));
                    let mut sigma = deviation(&centered, x.nrows() as f64);
                    sigma.zip_mut_with(&largest, |s, largest| {
                        *s = if *s <= 1e-13 * largest { f64::INFINITY } else { *s }
                    });
                    Ok(centered / sigma)
                },
            ),
            wheat("unit_vectors", "centers a column, normalizes it and multiplies by √m", |x| {
                allowed(x)?;
                let mut z = x.to_owned();
                for mut column in z.columns_mut() {
                    let (least, m) = (column[0], column.len() as f64);
                    let constant = column.iter().all(|x| *x == least);
                    let mean = least + column.iter().map(|x| x - least).sum::<f64>() / m;
                    let length = column.iter().fold(0.0_f64, |length, x| length.hypot(x - mean));
                    column.mapv_inplace(|x| if constant { 0.0 } else { (x - mean) / length * m.sqrt() });
                }
                Ok(z)
            }),
            chaff("rows", "Axis(0) means each row.", |x| {
                allowed(x)?;
                let z = reference::standardize_columns(x.t())?;
                Ok(z.reversed_axes())
            }),
            chaff("sample_deviation", "A standard deviation is always divided by n − 1.", |x| {
                allowed(x)?;
                let centered = &x - &x.row(0) - mean((&x - &x.row(0)).view());
                let sigma = deviation(&centered, x.nrows().max(2) as f64 - 1.0);
                Ok(centered / sigma.mapv(|s| if s == 0.0 { 1.0 } else { s }))
            }),
            chaff("variance", "The mean square is the standard deviation.", |x| {
                allowed(x)?;
                let centered = &x - &x.row(0) - mean((&x - &x.row(0)).view());
                let variance = centered.pow2().sum_axis(Axis(0)) / x.nrows() as f64;
                Ok(centered / variance.mapv(|s| if s == 0.0 { 1.0 } else { s }))
            }),
            chaff("divides_by_zero", "No column is constant.", |x| {
                allowed(x)?;
                let centered = &x - &x.row(0) - mean((&x - &x.row(0)).view());
                let sigma = deviation(&centered, x.nrows() as f64);
                Ok(centered / sigma)
            }),
            chaff(
                "exactly_zero",
                "The computed standard deviation of a constant column is exactly 0.",
                |x| {
                    allowed(x)?;
                    let centered = &x - &mean(x);
                    let sigma = deviation(&centered, x.nrows() as f64);
                    Ok(centered / sigma.mapv(|s| if s == 0.0 { 1.0 } else { s }))
                },
            ),
            chaff("small_is_constant", "A standard deviation below 10⁻⁹ is a rounding error.", |x| {
                let mut z = reference::standardize_columns(x)?;
                let deviation = deviation(&(&x - &mean(x)), x.nrows() as f64);
                for (mut column, s) in z.columns_mut().into_iter().zip(&deviation) {
                    if *s < 1e-9 {
                        column.fill(0.0);
                    }
                }
                Ok(z)
            }),
            chaff(
                "small_number_added",
                "A small number added to the standard deviation does no harm.",
                |x| {
                    allowed(x)?;
                    let centered = &x - &mean(x);
                    let sigma = deviation(&centered, x.nrows() as f64) + 1e-8;
                    Ok(centered / sigma)
                },
            ),
            chaff(
                "mean_of_squares",
                "E[x²] − E[x]² is as accurate as the variance in floating point.",
                |x| {
                    allowed(x)?;
                    let (mean, squares) = (mean(x), mean(x.pow2().view()));
                    let variance = squares - mean.pow2();
                    Ok((&x - &mean) / variance.mapv(|v| if v <= 0.0 { 1.0 } else { v.sqrt() }))
                },
            ),
            chaff("not_centered", "Dividing by the standard deviation is enough.", |x| {
                allowed(x)?;
                let sigma = x.std_axis(Axis(0), 0.0);
                Ok(&x / &sigma.mapv(|s| if s == 0.0 { f64::INFINITY } else { s }))
            }),
            chaff("one_mean_for_all", "All columns have the same mean and standard deviation.", |x| {
                allowed(x)?;
                let (mean, sigma) = (x.mean().unwrap_or(0.0), x.std(0.0));
                Ok(x.mapv(|x| if sigma == 0.0 { 0.0 } else { (x - mean) / sigma }))
            }),
            chaff("into_0_to_1", "Standardization scales each column to the interval from 0 to 1.", |x| {
                allowed(x)?;
                let lowest = x.fold_axis(Axis(0), f64::INFINITY, |l: &f64, x| l.min(*x));
                let highest = x.fold_axis(Axis(0), f64::NEG_INFINITY, |h: &f64, x| h.max(*x));
                Ok((&x - &lowest) / (highest - lowest).mapv(|s| if s == 0.0 { 1.0 } else { s }))
            }),
            chaff("constant_column_kept", "A constant column stays unchanged.", |x| {
                let mut z = reference::standardize_columns(x)?;
                for (j, mut column) in z.columns_mut().into_iter().enumerate() {
                    if column.iter().all(|z| *z == 0.0) {
                        column.assign(&x.column(j));
                    }
                }
                Ok(z)
            }),
            chaff("no_row_allowed", "An array without rows is standardized to an array without rows.", |x| {
                if x.nrows() == 0 { Ok(x.to_owned()) } else { reference::standardize_columns(x) }
            }),
            chaff("no_column_rejected", "An array without columns is an error.", |x| {
                check::at_least(1, x.len())?;
                reference::standardize_columns(x)
            }),
            chaff("nan_passed_on", "A NaN in the input needs no check: the result is NaN anyway.", |x| {
                if x.iter().any(|x| x.is_infinite()) || x.nrows() == 0 {
                    return reference::standardize_columns(x);
                }
                let centered = &x - &x.row(0) - mean((&x - &x.row(0)).view());
                let sigma = deviation(&centered, x.nrows() as f64);
                Ok(centered / sigma.mapv(|s| if s == 0.0 { 1.0 } else { s }))
            }),
            chaff("index_in_memory", "The index of an entry is its offset in memory.", |x| {
                let in_memory = x.as_slice_memory_order().and_then(|x| x.iter().position(|x| !x.is_finite()));
                match in_memory {
                    Some(index) => Err(InputError::NotFinite { name: "x", index }),
                    None => reference::standardize_columns(x),
                }
            }),
            chaff("last_named", "The index may be that of any entry that is not finite.", |x| {
                reference::standardize_columns(x).map_err(|rejection| match rejection {
                    InputError::NotFinite { name, index } => {
                        let last = x.iter().collect::<Vec<_>>().iter().rposition(|entry| !entry.is_finite());
                        InputError::NotFinite { name, index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
            chaff("cut_at_3", "Z-scores beyond 3 are outliers and are clipped.", |x| {
                Ok(reference::standardize_columns(x)?.mapv(|z| z.clamp(-3.0, 3.0)))
            }),
            chaff(
                "nearly_constant",
                "A column that varies by less than 10⁻¹¹ of its largest value is constant.",
                |x| {
                    let mut z = reference::standardize_columns(x)?;
                    for (mut z, x) in z.columns_mut().into_iter().zip(x.columns()) {
                        let largest = x.fold(0.0_f64, |largest, x| largest.max(x.abs()));
                        if x.iter().all(|entry| (entry - x[0]).abs() < 1e-11 * largest) {
                            z.fill(0.0);
                        }
                    }
                    Ok(z)
                },
            ),
        ],
    )(x)
}

fn allowed(x: ArrayView2<'_, f64>) -> Result<(), InputError> {
    check::at_least(1, x.nrows())?;
    check::finite("x", x)
}

fn mean(x: ArrayView2<'_, f64>) -> Array1<f64> {
    x.sum_axis(Axis(0)) / x.nrows() as f64
}

fn deviation(centered: &Array2<f64>, divisor: f64) -> Array1<f64> {
    (centered.pow2().sum_axis(Axis(0)) / divisor).sqrt()
}

/// Mean and deviation, the latter 1 for a constant column.
fn welford(column: ArrayView1<'_, f64>) -> (f64, f64) {
    let (mut mean, mut squares) = (0.0, 0.0);
    for (seen, x) in column.iter().enumerate() {
        let off = x - mean;
        mean += off / (seen + 1) as f64;
        squares += off * (x - mean);
    }
    let deviation = (squares / column.len() as f64).sqrt();
    (mean, if deviation == 0.0 { 1.0 } else { deviation })
}
