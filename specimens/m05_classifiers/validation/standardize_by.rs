use kit::{InputError, Matrix, check};

use crate::reference::m05_classifiers::validation as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Scaled = Result<(Matrix, Matrix), InputError>;
type StandardizeBy = fn(&Matrix, &Matrix) -> Scaled;
/// Mean and deviation of a column.
type Scale = [f64; 2];

/// The kata, answered by a specimen.
pub fn standardize_by(x_train: &Matrix, x_test: &Matrix) -> Result<(Matrix, Matrix), InputError> {
    answering::<StandardizeBy>(
        module_path!(),
        reference::standardize_by,
        &[
            wheat("times_the_inverse", "multiplies by 1/σ", |train, test| {
                by(train, test, |j| {
                    let [mean, deviation] = scale(train, j);
                    [mean, 1.0 / (1.0 / deviation)]
                })
            }),
            wheat("welford", "one pass with running means and squares (Welford)", |train, test| {
                by(train, test, |j| {
                    let (mut mean, mut squares) = (0.0, 0.0);
                    for i in 0..train.rows() {
                        let off = train[(i, j)] - mean;
                        mean += off / (i + 1) as f64;
                        squares += off * (train[(i, j)] - mean);
                    }
                    let deviation = (squares / train.rows() as f64).sqrt();
                    let constant = (0..train.rows()).all(|i| train[(i, j)] == train[(0, j)]);
                    if constant { [train[(0, j)], 1.0] } else { [mean, deviation] }
                })
            }),
            chaff("small_is_constant", "A standard deviation below 10⁻⁹ is rounding.", |train, test| {
                by(train, test, |j| {
                    let [mean, deviation] = scale(train, j);
                    [mean, if deviation < 1e-9 { 1.0 } else { deviation }]
                })
            }),
            chaff(
                "by_all_rows",
                "Mean and standard deviation are computed from training and test set together.",
                |train, test| {
                    let all = stacked(train, test);
                    by(train, test, |j| scale(&all, j))
                },
            ),
            chaff(
                "test_by_itself",
                "Each set is standardized by its own mean and standard deviation.",
                |train, test| {
                    let (scaled, _) = reference::standardize_by(train, test)?;
                    if test.rows() == 0 {
                        return Ok((scaled, test.clone()));
                    }
                    Ok((scaled, reference::standardize_by(test, test)?.0))
                },
            ),
            chaff("test_left_alone", "The test set is not standardized.", |train, test| {
                Ok((reference::standardize_by(train, test)?.0, test.clone()))
            }),
            chaff(
                "means_of_all",
                "The means may be computed from training and test set together.",
                |train, test| {
                    let all = stacked(train, test);
                    by(train, test, |j| [scale(&all, j)[0], scale(train, j)[1]])
                },
            ),
            chaff("n_minus_1", "The standard deviation divides by n − 1.", |train, test| {
                let n = train.rows() as f64;
                by(train, test, |j| {
                    let [mean, deviation] = scale(train, j);
                    let constant = (0..train.rows()).all(|i| train[(i, j)] == train[(0, j)]);
                    [mean, if constant { deviation } else { deviation * (n / (n - 1.0)).sqrt() }]
                })
            }),
            chaff("variance", "Features are divided by their variance.", |train, test| {
                by(train, test, |j| [scale(train, j)[0], scale(train, j)[1].powi(2)])
            }),
            chaff("not_centered", "The mean is not subtracted.", |train, test| {
                by(train, test, |j| [0.0, scale(train, j)[1]])
            }),
            chaff(
                "min_max",
                "Features are scaled to the range from 0 to 1 (min-max scaling).",
                |train, test| {
                    by(train, test, |j| {
                        let column = || (0..train.rows()).map(|i| train[(i, j)]);
                        let (low, high) =
                            (column().fold(f64::MAX, f64::min), column().fold(f64::MIN, f64::max));
                        [low, if high > low { high - low } else { 1.0 }]
                    })
                },
            ),
            chaff("divides_by_0", "No column is constant.", |train, test| {
                by(train, test, |j| {
                    let constant = (0..train.rows()).all(|i| train[(i, j)] == train[(0, j)]);
                    [scale(train, j)[0], if constant { 0.0 } else { scale(train, j)[1] }]
                })
            }),
            chaff(
                "rounding_is_spread",
                "A standard deviation of 10⁻¹⁷ from rounding is a standard deviation.",
                |train, test| {
                    by(train, test, |j| {
                        let n = train.rows() as f64;
                        let mean = (0..train.rows()).map(|i| train[(i, j)]).sum::<f64>() / n;
                        let square =
                            (0..train.rows()).map(|i| (train[(i, j)] - mean).powi(2)).sum::<f64>() / n;
                        [mean, if square == 0.0 { 1.0 } else { square.sqrt() }]
                    })
                },
            ),
            chaff("one_scale_for_all", "All features share one standard deviation.", |train, test| {
                let entries = Matrix::from_fn(train.as_slice().len(), 1, |i, _| train.as_slice()[i]);
                by(train, test, |_| scale(&entries, 0))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |train, test| {
                let clean =
                    |x: &Matrix| {
                        Matrix::from_fn(x.rows(), x.cols(), |i, j| {
                            if x[(i, j)].is_finite() { x[(i, j)] } else { 0.0 }
                        })
                    };
                reference::standardize_by(&clean(train), &clean(test))
            }),
            chaff(
                "nothing_to_learn",
                "Without training samples the test set stays as it is.",
                |train, test| {
                    if train.rows() == 0 && train.cols() == test.cols() {
                        return Ok((train.clone(), test.clone()));
                    }
                    reference::standardize_by(train, test)
                },
            ),
            chaff(
                "square_of_the_mean",
                "The formula mean of squares minus square of the mean is as accurate.",
                |train, test| {
                    by(train, test, |j| {
                        let [mean, deviation] = scale(train, j);
                        let constant = (0..train.rows()).all(|i| train[(i, j)] == train[(0, j)]);
                        let square = (0..train.rows()).map(|i| train[(i, j)].powi(2)).sum::<f64>()
                            / train.rows() as f64;
                        [mean, if constant { deviation } else { (square - mean * mean).max(0.0).sqrt() }]
                    })
                },
            ),
            chaff("nearly_equal_is_equal", "Values that agree in nine digits are equal.", |train, test| {
                by(train, test, |j| {
                    let [mean, deviation] = scale(train, j);
                    [mean, if deviation <= 1e-9 * mean.abs() { 1.0 } else { deviation }]
                })
            }),
            chaff("no_feature", "At least one feature is needed.", |train, test| {
                let scaled = reference::standardize_by(train, test)?;
                check::at_least(1, train.cols())?;
                Ok(scaled)
            }),
            wheat(
                "a_line",
                "one slope and one intercept a column, moments from the first row on",
                |train, test| {
                    check::same_columns(train.shape(), test.shape())?;
                    check::at_least(1, train.rows())?;
                    for (name, x) in [("x_train", train), ("x_test", test)] {
                        if let Some(index) = x.as_slice().iter().position(|x| !x.is_finite()) {
                            return Err(InputError::NotFinite { name, index });
                        }
                    }
                    let n = train.rows() as f64;
                    let line = |j: usize| {
                        let first = train[(0, j)];
                        let mean = |of: fn(f64) -> f64| {
                            (0..train.rows()).map(|i| of(train[(i, j)] - first)).sum::<f64>() / n
                        };
                        let (off, square) = (mean(|d| d), mean(|d| d * d));
                        let slope = if square == 0.0 { 1.0 } else { 1.0 / off.mul_add(-off, square).sqrt() };
                        [slope, -(first + off) * slope]
                    };
                    let lines: Vec<[f64; 2]> = (0..train.cols()).map(line).collect();
                    let scaled = |x: &Matrix| {
                        Matrix::from_fn(x.rows(), x.cols(), |i, j| {
                            lines[j][0].mul_add(x[(i, j)], lines[j][1])
                        })
                    };
                    Ok((scaled(train), scaled(test)))
                },
            ),
        ],
    )(x_train, x_test)
}

fn stacked(train: &Matrix, test: &Matrix) -> Matrix {
    let n = train.rows();
    let cols = train.cols().min(test.cols());
    Matrix::from_fn(n + test.rows(), cols, |i, j| if i < n { train[(i, j)] } else { test[(i - n, j)] })
}

fn scale(x: &Matrix, j: usize) -> Scale {
    let n = x.rows() as f64;
    if (0..x.rows()).all(|i| x[(i, j)] == x[(0, j)]) {
        return [x[(0, j)], 1.0];
    }
    let mean = (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / n;
    [mean, ((0..x.rows()).map(|i| (x[(i, j)] - mean).powi(2)).sum::<f64>() / n).sqrt()]
}

fn by(train: &Matrix, test: &Matrix, scale: impl Fn(usize) -> Scale) -> Scaled {
    reference::standardize_by(train, test)?;
    let scales: Vec<Scale> = (0..train.cols()).map(scale).collect();
    let scaled =
        |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| (x[(i, j)] - scales[j][0]) / scales[j][1]);
    Ok((scaled(train), scaled(test)))
}
