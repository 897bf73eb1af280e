use kit::{InputError, Matrix, check};

use crate::reference::m03_calculus::derivative as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Jacobian = fn(&dyn Fn(&[f64]) -> Vec<f64>, &[f64]) -> Result<Matrix, InputError>;

/// The kata, answered by a specimen.
pub fn jacobian(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<Matrix, InputError> {
    answering::<Jacobian>(
        module_path!(),
        reference::jacobian,
        &[
            wheat("rows_of_gradients", "takes the gradient of each component", |f, x| {
                let m = shape(f, x)?;
                let rows = (0..m).map(|i| {
                    reference::gradient(&|x| f(x)[i], x)
                        .map_err(|_| InputError::NotFinite { name: "f", index: i })
                });
                Matrix::new(m, x.len(), rows.collect::<Result<Vec<_>, _>>()?.concat())
            }),
            wheat("forward", "forward differences with a step of √ε", |f, x| {
                let (m, here) = (shape(f, x)?, f(x));
                columns(m, x, |j, s| {
                    let there = moved(f, x, j, 1.5e-8 * s);
                    there.iter().zip(&here).map(|(a, b)| (a - b) / (1.5e-8 * s)).collect()
                })
            }),
            wheat("coarse", "central differences with a step of 10⁻³", |f, x| {
                columns(shape(f, x)?, x, |j, s| central(f, x, j, 1e-3 * s))
            }),
            wheat("five_points", "five-point formula", |f, x| {
                check::finite("x", x)?;
                let m = f(x).len();
                let mut partials = vec![vec![0.0; x.len()]; m];
                for j in 0..x.len() {
                    let h = 2e-3 * x[j].abs().max(1.0);
                    for (place, weight) in [(-2.0, 1.0), (-1.0, -8.0), (1.0, 8.0), (2.0, -1.0)] {
                        let mut moved = x.to_vec();
                        moved[j] += place * h;
                        let values = f(&moved);
                        if values.len() != m {
                            return Err(InputError::LengthMismatch { left: m, right: values.len() });
                        }
                        (0..m).for_each(|i| partials[i][j] += weight / (12.0 * h) * values[i]);
                    }
                }
                match partials.iter().position(|row| row.iter().any(|partial| !partial.is_finite())) {
                    Some(index) => Err(InputError::NotFinite { name: "f", index }),
                    None => Ok(Matrix::from_fn(m, x.len(), |i, j| partials[i][j])),
                }
            }),
            chaff("transposed", "Column i of the Jacobian is the gradient of component i.", |f, x| {
                let right = reference::jacobian(f, x)?;
                Ok(Matrix::from_fn(right.cols(), right.rows(), |i, j| right[(j, i)]))
            }),
            chaff("square_filled_wrongly", "A matrix is filled in column-major order.", |f, x| {
                let right = reference::jacobian(f, x)?;
                let (m, n) = right.shape();
                Ok(Matrix::from_fn(m, n, |i, j| right[((i * n + j) % m, (i * n + j) / m)]))
            }),
            chaff("over_h", "The difference is divided by h.", |f, x| {
                let right = reference::jacobian(f, x)?;
                Ok(Matrix::from_fn(right.rows(), right.cols(), |i, j| 2.0 * right[(i, j)]))
            }),
            chaff("backward_sign", "The order of the two values does not matter.", |f, x| {
                let right = reference::jacobian(f, x)?;
                Ok(Matrix::from_fn(right.rows(), right.cols(), |i, j| -right[(i, j)]))
            }),
            chaff("not_scaled", "A step size of 10⁻⁵ is small for every x.", |f, x| {
                columns(shape(f, x)?, x, |j, _| central(f, x, j, 1e-5))
            }),
            chaff(
                "shared_step",
                "One step size, suitable for the largest coordinate, suits all axes.",
                |f, x| {
                    let s = x.iter().fold(1.0, |s: f64, x| s.max(x.abs()));
                    columns(shape(f, x)?, x, |j, _| central(f, x, j, 6e-6 * s))
                },
            ),
            chaff("cancels", "A smaller step size is always more accurate, so 10⁻¹² is best.", |f, x| {
                columns(shape(f, x)?, x, |j, s| central(f, x, j, 1e-12 * s))
            }),
            chaff("first_component_only", "Every row is the gradient of the first component.", |f, x| {
                let right = reference::jacobian(f, x)?;
                Ok(Matrix::from_fn(right.rows(), right.cols(), |_, j| right[(0, j)]))
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |f, x| {
                shape(f, x).map_or_else(
                    |rejection| match rejection {
                        InputError::LengthMismatch { .. } => Ok(Matrix::zeros(f(x).len(), x.len())),
                        other => Err(other),
                    },
                    |_| reference::jacobian(f, x),
                )
            }),
            chaff("lengths_swapped", "The order of the lengths in the error does not matter.", |f, x| {
                reference::jacobian(f, x).map_err(|rejection| match rejection {
                    InputError::LengthMismatch { left, right } => {
                        InputError::LengthMismatch { left: right, right: left }
                    }
                    other => other,
                })
            }),
            chaff(
                "empty_has_no_rows",
                "The Jacobian of a function of no coordinates has no rows.",
                |f, x| {
                    if x.is_empty() { Ok(Matrix::zeros(0, 0)) } else { reference::jacobian(f, x) }
                },
            ),
            chaff("axis_named", "The index of a quotient that is not finite is that of the axis.", |f, x| {
                reference::jacobian(f, x).map_err(|rejection| match rejection {
                    InputError::NotFinite { name: "f", .. } => {
                        InputError::NotFinite { name: "f", index: x.len() - 1 }
                    }
                    other => other,
                })
            }),
            chaff("four_by_four", "There are at most four coordinates and components.", |f, x| {
                let right = reference::jacobian(f, x)?;
                let shown = |i: usize, j: usize| if i < 4 && j < 4 { right[(i, j)] } else { 0.0 };
                Ok(Matrix::from_fn(right.rows(), right.cols(), shown))
            }),
            chaff(
                "last_of_x_named",
                "The index may be that of any coordinate that is not finite.",
                |f, x| match x.iter().rposition(|x| !x.is_finite()) {
                    Some(index) => Err(InputError::NotFinite { name: "x", index }),
                    None => reference::jacobian(f, x),
                },
            ),
        ],
    )(f, x)
}

/// The number of components, or the reason to reject f and x.
fn shape(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<usize, InputError> {
    reference::jacobian(f, x).map(|jacobian| jacobian.rows())
}

fn moved(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64], j: usize, by: f64) -> Vec<f64> {
    let moved = |(k, x): (usize, &f64)| if j == k { x + by } else { *x };
    f(&x.iter().enumerate().map(moved).collect::<Vec<_>>())
}

fn central(f: &dyn Fn(&[f64]) -> Vec<f64>, x: &[f64], j: usize, h: f64) -> Vec<f64> {
    moved(f, x, j, h).iter().zip(moved(f, x, j, -h)).map(|(a, b)| (a - b) / (2.0 * h)).collect()
}

/// The matrix of these columns, given the axis and the size max(1, |xⱼ|).
fn columns(m: usize, x: &[f64], column: impl Fn(usize, f64) -> Vec<f64>) -> Result<Matrix, InputError> {
    let columns: Vec<_> = x.iter().enumerate().map(|(j, x)| column(j, x.abs().max(1.0))).collect();
    Ok(Matrix::from_fn(m, x.len(), |i, j| columns[j][i]))
}
