use kit::{InputError, Matrix};
use nalgebra::DMatrix;

use super::tuned;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::pca as reference;

type Components = Result<(Vec<f64>, Matrix), InputError>;
type PrincipalComponents = fn(&Matrix, usize) -> Components;

/// The kata, answered by a specimen.
pub fn principal_components(covariance: &Matrix, count: usize) -> Components {
    answering::<PrincipalComponents>(
        module_path!(),
        reference::principal_components,
        &[
            wheat("tuned", "rotates rows only, and mirrors them", tuned::principal_components),
            wheat(
                "power_iteration",
                "one component after the other, what is found taken away",
                power_iteration,
            ),
            wheat("a_library", "nalgebra's eigenvectors, sorted, each with the other sign", |c, count| {
                reference::principal_components(c, count)?;
                let eigen = DMatrix::from_row_slice(c.rows(), c.cols(), c.as_slice()).symmetric_eigen();
                let mut order: Vec<usize> = (0..c.cols()).collect();
                order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
                let variances = order[..count].iter().map(|&k| eigen.eigenvalues[k]).collect();
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| -eigen.eigenvectors[(j, order[i])])))
            }),
            chaff("smallest_first", "eigenvalues rise", |c, count| {
                reference::principal_components(c, count)?;
                let (mut variances, v) = reference::principal_components(c, c.cols())?;
                variances.reverse();
                variances.truncate(count);
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| v[(c.cols() - 1 - i, j)])))
            }),
            chaff("columns", "a component is a column", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((variances, Matrix::from_fn(v.cols(), v.rows(), |i, j| v[(j, i)])))
            }),
            chaff("standard_deviations", "a component's size is its standard deviation", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((variances.iter().map(|v| v.max(0.0).sqrt()).collect(), v))
            }),
            chaff("scaled_by_deviation", "a component is as long as the data reach", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                let components =
                    Matrix::from_fn(count, c.cols(), |i, j| v[(i, j)] * variances[i].max(0.0).sqrt());
                Ok((variances, components))
            }),
            chaff("axes", "the features with the most variance are the components", |c, count| {
                reference::principal_components(c, count)?;
                let mut order: Vec<usize> = (0..c.cols()).collect();
                order.sort_by(|&a, &b| c[(b, b)].total_cmp(&c[(a, a)]));
                let variances = order[..count].iter().map(|&k| c[(k, k)]).collect();
                Ok((variances, Matrix::from_fn(count, c.cols(), |i, j| f64::from(u8::from(order[i] == j)))))
            }),
            chaff("not_deflated", "each power iteration finds another component", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                Ok((vec![variances[0]; count], Matrix::from_fn(count, c.cols(), |_, j| v[(0, j)])))
            }),
            chaff("ten_steps", "ten steps of the power iteration are enough", |c, count| {
                reference::principal_components(c, count)?;
                iterate(c, count, 10)
            }),
            chaff("shares", "a variance is a share of the whole", |c, count| {
                let (variances, v) = reference::principal_components(c, count)?;
                let total: f64 = (0..c.cols()).map(|j| c[(j, j)]).sum();
                Ok((variances.iter().map(|v| v / total).collect(), v))
            }),
            chaff("all_of_them", "who asks for some gets all", |c, count| {
                reference::principal_components(c, count)?;
                reference::principal_components(c, c.cols())
            }),
            chaff("cut_to_fit", "more than there are is all of them", |c, count| {
                reference::principal_components(c, count.clamp(1, c.cols().max(1)))
            }),
            chaff("upper_half_read", "the lower half need not be looked at", |c, count| {
                let square = c.rows() == c.cols() && c.as_slice().iter().all(|x| x.is_finite());
                let mirrored = Matrix::from_fn(c.rows(), c.cols(), |j, k| {
                    if square { c[(j.min(k), j.max(k))] } else { c[(j, k)] }
                });
                reference::principal_components(&mirrored, count)
            }),
            chaff("symmetric_to_the_last_bit", "a symmetric matrix equals its transpose", |c, count| {
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
            chaff("small_is_zero", "what is below 10⁻⁹ is rounding", |c, count| {
                let entry = |i, j| if c[(i, j)].abs() < 1e-9 { 0.0 } else { c[(i, j)] };
                reference::principal_components(&Matrix::from_fn(c.rows(), c.cols(), entry), count)
            }),
            chaff("symmetric_to_nine_places", "mirror images differ by 10⁻⁹ at the most", |c, count| {
                let found = reference::principal_components(c, count)?;
                let pairs = (0..c.rows()).flat_map(|row| (row + 1..c.cols()).map(move |col| (row, col)));
                let apart = |&(row, col): &(usize, usize)| (c[(row, col)] - c[(col, row)]).abs() > 1e-9;
                let unlike = pairs.into_iter().find(apart);
                unlike.map_or(Ok(found), |(row, col)| Err(InputError::NotSymmetric { row, col }))
            }),
            chaff("nan_comes_back", "a NaN in the matrix is the caller's affair", |c, count| {
                match reference::principal_components(c, count) {
                    Err(InputError::NotFinite { .. }) => {
                        Ok((vec![f64::NAN; count], Matrix::zeros(count, c.cols())))
                    }
                    answer => answer,
                }
            }),
            chaff("five_sweeps", "five sweeps of Jacobi's method are enough", |c, count| {
                reference::principal_components(c, count)?;
                jacobi(c, count, 5)
            }),
            chaff("thousand_steps", "a thousand steps of the power iteration are enough", |c, count| {
                reference::principal_components(c, count)?;
                iterate(c, count, 1000)
            }),
            chaff("last_bad_number", "one bad number is as good as another", |c, count| {
                reference::principal_components(c, count).map_err(|e| match e {
                    InputError::NotFinite { name, index } => InputError::NotFinite {
                        name,
                        index: c.as_slice().iter().rposition(|v| !v.is_finite()).unwrap_or(index),
                    },
                    o => o,
                })
            }),
            chaff("symmetric_to_six_places", "a millionth of the largest entry is rounding", |c, count| {
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
            chaff("pair_by_pair", "mirror images are compared in units of themselves", |c, count| {
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
            chaff("last_pair_told", "one pair that differs is as good as another", |c, count| {
                reference::principal_components(c, count).map_err(|e| match e {
                    InputError::NotSymmetric { .. } => {
                        let mut at = (0, 1);
                        for row in 0..c.rows() {
                            for col in row + 1..c.rows() {
                                if c[(row, col)] != c[(col, row)] {
                                    at = (row, col);
                                }
                            }
                        }
                        InputError::NotSymmetric { row: at.0, col: at.1 }
                    }
                    o => o,
                })
            }),
            wheat(
                "largest_first",
                "turns where the largest entry beside the diagonal is, no longer than it must",
                |c, count| {
                    checked(c, count)?;
                    let (d, mut a) = (c.rows(), c.clone());
                    let mut v = Matrix::from_fn(d, d, |i, j| f64::from(u8::from(i == j)));
                    let trace: f64 = (0..d).map(|i| c[(i, i)]).sum();
                    let beside = |a: &Matrix| {
                        let pairs = (0..d).flat_map(|i| (i + 1..d).map(move |j| (i, j)));
                        pairs
                            .map(|(i, j)| (a[(i, j)].abs().max(a[(j, i)].abs()), i, j))
                            .fold((0.0, 0, 0), |m, p| if p.0 > m.0 { p } else { m })
                    };
                    loop {
                        let (most, p, q) = beside(&a);
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
                },
            ),
            wheat(
                "tridiagonal",
                "reflected to three diagonals, then QL with shifts (Householder, Wilkinson)",
                |c, count| {
                    checked(c, count)?;
                    Ok(tridiagonal(c, count))
                },
            ),
        ],
    )(covariance, count)
}

fn power_iteration(c: &Matrix, count: usize) -> Components {
    reference::principal_components(c, count)?;
    iterate(c, count, 20_000)
}

/// Power iteration from every axis in turn, orthogonal to what is found, until the residual is small.
fn iterate(c: &Matrix, count: usize, steps: usize) -> Components {
    let d = c.cols();
    let times =
        |v: &[f64]| (0..d).map(|j| c.row(j).iter().zip(v).map(|(c, v)| c * v).sum()).collect::<Vec<f64>>();
    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let total: f64 = (0..d).map(|j| c[(j, j)]).sum();
    let (mut variances, mut found): (Vec<f64>, Vec<Vec<f64>>) = (vec![], vec![]);
    let orthogonal = |mut v: Vec<f64>, found: &[Vec<f64>]| {
        for _ in 0..2 {
            for u in found {
                let share = inner(&v, u);
                v.iter_mut().zip(u).for_each(|(v, u)| *v -= share * u);
            }
        }
        let length = inner(&v, &v).sqrt();
        (v.iter().map(|v| v / length).collect::<Vec<f64>>(), length)
    };
    for k in 0..count {
        let start = |s: usize| {
            (0..d)
                .map(|j| 1.0 / (1.0 + ((3 * j + 5 * s + k) % 7) as f64) - 0.2 * (j == s) as u8 as f64)
                .collect()
        };
        let tries = (0..d).map(|s| orthogonal(start(s), &found));
        let mut v = tries.max_by(|a, b| a.1.total_cmp(&b.1)).map(|t| t.0).unwrap_or_default();
        for _ in 0..steps {
            let image = times(&v);
            let lambda = inner(&v, &image);
            let (next, length) = orthogonal(image, &found);
            // Of what is orthogonal to what is found: that part is known only as well as they are.
            let residual =
                next.iter().zip(&v).map(|(n, v)| (length * n - lambda * v).abs()).fold(0.0, f64::max);
            if length <= 1e-13 * total || residual <= 1e-13 * total {
                break;
            }
            v = next;
        }
        variances.push(inner(&v, &times(&v)));
        found.push(v);
    }
    Ok((variances, Matrix::from_fn(count, d, |i, j| found[i][j])))
}

fn jacobi(c: &Matrix, count: usize, sweeps: usize) -> Components {
    let d = c.cols();
    let mut a = c.clone();
    let mut v = Matrix::from_fn(d, d, |i, j| f64::from(u8::from(i == j)));
    for _ in 0..sweeps {
        for p in 0..d {
            for q in p + 1..d {
                if a[(p, q)] == 0.0 {
                    continue;
                }
                let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
                let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
                let (co, si) = (1.0 / t.hypot(1.0), t / t.hypot(1.0));
                for k in 0..d {
                    let (x, y) = (a[(k, p)], a[(k, q)]);
                    a[(k, p)] = co * x - si * y;
                    a[(k, q)] = si * x + co * y;
                }
                for k in 0..d {
                    let (x, y) = (a[(p, k)], a[(q, k)]);
                    a[(p, k)] = co * x - si * y;
                    a[(q, k)] = si * x + co * y;
                }
                for k in 0..d {
                    let (x, y) = (v[(p, k)], v[(q, k)]);
                    v[(p, k)] = co * x - si * y;
                    v[(q, k)] = si * x + co * y;
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
    Ok((
        order[..count].iter().map(|&k| a[(k, k)]).collect(),
        Matrix::from_fn(count, d, |i, j| v[(order[i], j)]),
    ))
}

fn checked(c: &Matrix, count: usize) -> Result<(), InputError> {
    let (rows, cols) = c.shape();
    if rows != cols {
        return Err(InputError::NotSquare { rows, cols });
    }
    let mut size = 0.0_f64;
    for (index, entry) in c.as_slice().iter().enumerate() {
        if !entry.is_finite() {
            return Err(InputError::NotFinite { name: "covariance", index });
        }
        size = size.max(entry.abs());
    }
    let unlike = (0..rows * rows)
        .map(|k| (k / rows, k % rows))
        .find(|&(i, j)| (c[(i, j)] - c[(j, i)]).abs() > 1e-9 * size);
    if let Some((row, col)) = unlike {
        return Err(InputError::NotSymmetric { row, col });
    }
    if (1..=rows).contains(&count) {
        return Ok(());
    }
    Err(InputError::OutOfRange { name: "count", got: count as f64, wanted: "1 to the number of columns" })
}

fn tridiagonal(c: &Matrix, count: usize) -> (Vec<f64>, Matrix) {
    let d = c.rows();
    let mut a = Matrix::from_fn(d, d, |i, j| 0.5 * (c[(i, j)] + c[(j, i)]));
    // Rows of q are the axes in which a is written.
    let mut q = Matrix::from_fn(d, d, |i, j| f64::from(u8::from(i == j)));
    for k in 0..d.saturating_sub(2) {
        let largest = (k + 1..d).fold(0.0_f64, |m, i| m.max(a[(i, k)].abs()));
        if (k + 2..d).all(|i| a[(i, k)] == 0.0) {
            continue;
        }
        let mut w = vec![0.0; d];
        (k + 1..d).for_each(|i| w[i] = a[(i, k)] / largest);
        let length = w.iter().map(|w| w * w).sum::<f64>().sqrt();
        w[k + 1] += length.copysign(w[k + 1]);
        let square: f64 = w.iter().map(|w| w * w).sum();
        let reflect = |m: &mut Matrix, transposed: bool| {
            for j in 0..d {
                let at = |i: usize| if transposed { (j, i) } else { (i, j) };
                let share = 2.0 * (0..d).map(|i| w[i] * m[at(i)]).sum::<f64>() / square;
                (0..d).for_each(|i| m[at(i)] -= share * w[i]);
            }
        };
        reflect(&mut a, false);
        reflect(&mut a, true);
        reflect(&mut q, false);
    }
    let mut on: Vec<f64> = (0..d).map(|i| a[(i, i)]).collect();
    let mut beside: Vec<f64> = (0..d).map(|i| if i + 1 < d { a[(i, i + 1)] } else { 0.0 }).collect();
    for l in 0..d {
        loop {
            let small = |m: &usize| {
                let size = on[*m].abs() + on[*m + 1].abs();
                beside[*m].abs() <= f64::EPSILON * size
            };
            let m = (l..d - 1).find(small).unwrap_or(d - 1);
            if m == l {
                break;
            }
            let g = (on[l + 1] - on[l]) / (2.0 * beside[l]);
            let mut g = on[m] - on[l] + beside[l] / (g + g.hypot(1.0).copysign(g));
            let (mut s, mut co, mut p) = (1.0, 1.0, 0.0);
            let mut ended = false;
            for i in (l..m).rev() {
                let (f, b) = (s * beside[i], co * beside[i]);
                let r = f.hypot(g);
                beside[i + 1] = r;
                if r == 0.0 {
                    on[i + 1] -= p;
                    beside[m] = 0.0;
                    ended = true;
                    break;
                }
                (s, co) = (f / r, g / r);
                let h = on[i + 1] - p;
                let t = (on[i] - h) * s + 2.0 * co * b;
                p = s * t;
                on[i + 1] = h + p;
                g = co * t - b;
                for j in 0..d {
                    let (x, y) = (q[(i, j)], q[(i + 1, j)]);
                    (q[(i, j)], q[(i + 1, j)]) = (co * x - s * y, s * x + co * y);
                }
            }
            if !ended {
                on[l] -= p;
                beside[l] = g;
                beside[m] = 0.0;
            }
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&i, &j| on[j].total_cmp(&on[i]));
    (order[..count].iter().map(|&k| on[k]).collect(), Matrix::from_fn(count, d, |i, j| q[(order[i], j)]))
}
