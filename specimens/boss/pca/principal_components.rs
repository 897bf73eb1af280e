use kit::{InputError, Matrix};
use nalgebra::DMatrix;

use super::tuned;
use crate::reference::boss::pca as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{checked, iterate, jacobi, power_iteration, tridiagonal};

type Components = Result<(Vec<f64>, Matrix), InputError>;

type PrincipalComponents = fn(&Matrix, usize) -> Components;

/// The kata, answered by a specimen.
pub fn principal_components(covariance: &Matrix, count: usize) -> Components {
    answering::<PrincipalComponents>(
        module_path!(),
        reference::principal_components,
        &[
            wheat("tuned", "rotates rows only, and mirrors them", tuned::principal_components),
            wheat("power_iteration", "power iteration with deflation", power_iteration),
            wheat("a_library", "nalgebra's eigenvectors, sorted, each with the opposite sign", |c, count| {
                reference::principal_components(c, count)?;
                let eigen = DMatrix::from_row_slice(c.rows(), c.cols(), c.as_slice()).symmetric_eigen();
                let mut order: Vec<usize> = (0..c.cols()).collect();
                order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
                let variances = order[..count].iter().map(|&k| eigen.eigenvalues[k]).collect();
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| -eigen.eigenvectors[(j, order[i])])))
            }),
            chaff("smallest_first", "Eigenvalues are in ascending order.", |c, count| {
                reference::principal_components(c, count)?;
                let (mut variances, v) = reference::principal_components(c, c.cols())?;
                variances.reverse();
                variances.truncate(count);
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| v[(c.cols() - 1 - i, j)])))
            }),
            chaff("columns", "Components are the columns of the matrix.", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((variances, Matrix::from_fn(v.cols(), v.rows(), |i, j| v[(j, i)])))
            }),
            chaff("standard_deviations", "The variances are standard deviations.", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((variances.iter().map(|v| v.max(0.0).sqrt()).collect(), v))
            }),
            chaff("scaled_by_deviation", "A component is scaled by its standard deviation.", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                let components =
                    Matrix::from_fn(count, c.cols(), |i, j| v[(i, j)] * variances[i].max(0.0).sqrt());
                Ok((variances, components))
            }),
            chaff("axes", "The components are the features with the largest variances.", |c, count| {
                reference::principal_components(c, count)?;
                let mut order: Vec<usize> = (0..c.cols()).collect();
                order.sort_by(|&a, &b| c[(b, b)].total_cmp(&c[(a, a)]));
                let variances = order[..count].iter().map(|&k| c[(k, k)]).collect();
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| f64::from(u8::from(order[i] == j)))))
            }),
            chaff("not_deflated", "Power iteration finds all components without deflation.", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((vec![variances[0]; count], Matrix::from_fn(count, c.cols(), |_, j| v[(0, j)])))
            }),
            chaff("ten_steps", "Ten steps of power iteration are enough.", |c, count| {
                reference::principal_components(c, count)?;
                iterate(c, count, 10)
            }),
            chaff("shares", "The variances are fractions of the total.", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                let total: f64 = (0..c.cols()).map(|j| c[(j, j)]).sum();
                Ok((variances.iter().map(|v| v / total).collect(), v))
            }),
            chaff("all_of_them", "All components are returned, whatever `count` is.", |c, count| {
                reference::principal_components(c, count)?;
                reference::principal_components(c, c.cols())
            }),
            chaff("cut_to_fit", "A `count` above d counts as d.", |c, count| {
                reference::principal_components(c, count.clamp(1, c.cols().max(1)))
            }),
            chaff("upper_half_read", "The lower triangle need not be checked.", |c, count| {
                let square = c.rows() == c.cols() && c.as_slice().iter().all(|x| x.is_finite());
                let mirrored = Matrix::from_fn(c.rows(), c.cols(), |j, k| {
                    if square { c[(j.min(k), j.max(k))] } else { c[(j, k)] }
                });
                reference::principal_components(&mirrored, count)
            }),
            chaff("symmetric_to_the_last_bit", "A symmetric matrix has no rounding errors.", |c, count| {
                reference::principal_components(c, count)?;
                for row in 0..c.rows() {
                    for col in row + 1..c.cols() {
                        if c[(row, col)] != c[(col, row)] {
                            return Err(InputError::NotSymmetric { row, col });
                        }
                    }
                }
                reference::principal_components(c, count)
            }),
            chaff("small_is_zero", "Entries below 10⁻⁹ are rounding errors.", |c, count| {
                let entry = |i, j| if c[(i, j)].abs() < 1e-9 { 0.0 } else { c[(i, j)] };
                reference::principal_components(&Matrix::from_fn(c.rows(), c.cols(), entry), count)
            }),
            chaff("symmetric_to_nine_places", "The symmetry tolerance is absolute, 10⁻⁹.", |c, count| {
                let found = reference::principal_components(c, count)?;
                let pairs = (0..c.rows()).flat_map(|row| (row + 1..c.cols()).map(move |col| (row, col)));
                let apart = |&(row, col): &(usize, usize)| (c[(row, col)] - c[(col, row)]).abs() > 1e-9;
                let unlike = pairs.into_iter().find(apart);
                unlike.map_or(Ok(found), |(row, col)| Err(InputError::NotSymmetric { row, col }))
            }),
            chaff("nan_comes_back", "A NaN in the matrix gives a NaN result.", |c, count| {
                match reference::principal_components(c, count) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok((vec![f64::NAN; count], Matrix::zeros(count, c.cols())))
                    }
                    answer => answer,
                }
            }),
            chaff("five_sweeps", "Five sweeps of Jacobi's method are enough.", |c, count| {
                reference::principal_components(c, count)?;
                jacobi(c, count, 5)
            }),
            chaff("thousand_steps", "A thousand steps of power iteration are enough.", |c, count| {
                reference::principal_components(c, count)?;
                iterate(c, count, 1000)
            }),
            chaff("symmetric_to_six_places", "The symmetry tolerance is 10⁻⁶, relative.", |c, count| {
                match reference::principal_components(c, count) {
                    Err(InputError::NotSymmetric { .. }) => {
                        let size = c.as_slice().iter().fold(0.0_f64, |a, b| a.max(b.abs()));
                        let near = (0..c.rows())
                            .all(|i| (0..i).all(|j| (c[(i, j)] - c[(j, i)]).abs() < 1e-6 * size));
                        if near {
                            reference::principal_components(
                                &Matrix::from_fn(c.rows(), c.cols(), |j, k| c[(j.min(k), j.max(k))]),
                                count,
                            )
                        } else {
                            reference::principal_components(c, count)
                        }
                    }
                    a => a,
                }
            }),
            chaff("pair_by_pair", "The tolerance of the symmetry is relative to each entry.", |c, count| {
                let found = reference::principal_components(c, count)?;
                for row in 0..c.rows() {
                    for col in row + 1..c.rows() {
                        let (a, b) = (c[(row, col)], c[(col, row)]);
                        if (a - b).abs() > 1e-9 * a.abs().max(b.abs()) {
                            return Err(InputError::NotSymmetric { row, col });
                        }
                    }
                }
                Ok(found)
            }),
            wheat("largest_first", "classical Jacobi: rotates away the largest entry", |c, count| {
                checked(c, count)?;
                let (d, mut a) = (c.rows(), c.clone());
                let mut v = Matrix::from_fn(d, d, |i, j| f64::from(u8::from(i == j)));
                let trace: f64 = (0..d).map(|i| c[(i, i)]).sum();
                let off_diagonal = |a: &Matrix| {
                    let pairs = (0..d).flat_map(|i| (i + 1..d).map(move |j| (i, j)));
                    pairs
                        .map(|(i, j)| (a[(i, j)].abs().max(a[(j, i)].abs()), i, j))
                        .fold((0.0, 0, 0), |m, p| if p.0 > m.0 { p } else { m })
                };
                loop {
                    let (most, p, q) = off_diagonal(&a);
                    if most * (d as f64).sqrt() <= 0.9e-9 * trace {
                        break;
                    }
                    let angle = 0.5 * (2.0 * a[(p, q)]).atan2(a[(p, p)] - a[(q, q)]);
                    let (si, co) = angle.sin_cos();
                    for k in 0..d {
                        let (x, y) = (a[(k, p)], a[(k, q)]);
                        (a[(k, p)], a[(k, q)]) = (co * x + si * y, co * y - si * x);
                    }
                    for m in [&mut a, &mut v] {
                        for k in 0..d {
                            let (x, y) = (m[(p, k)], m[(q, k)]);
                            (m[(p, k)], m[(q, k)]) = (co * x + si * y, co * y - si * x);
                        }
                    }
                }
                let mut order: Vec<usize> = (0..d).collect();
                order.sort_unstable_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
                order.truncate(count);
                let rows = Matrix::from_fn(count, d, |i, j| v[(order[i], j)]);
                Ok((order.iter().map(|&k| a[(k, k)]).collect(), rows))
            }),
            wheat("tridiagonal", "Householder tridiagonalization, then QL with shifts", |c, count| {
                checked(c, count)?;
                Ok(tridiagonal(c, count))
            }),
        ],
    )(covariance, count)
}
