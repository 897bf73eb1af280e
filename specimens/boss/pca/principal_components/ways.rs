//! Other ways to compute it, right and wrong, for the specimens of `principal_components`.

use kit::{InputError, Matrix};

use super::Components;
use crate::reference::boss::pca as reference;

pub(super) fn power_iteration(c: &Matrix, count: usize) -> Components {
    reference::principal_components(c, count)?;
    iterate(c, count, 20_000)
}

/// Power iteration from every axis in turn, orthogonal to what is found, until the residual is small.
pub(super) fn iterate(c: &Matrix, count: usize, steps: usize) -> Components {
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

pub(super) fn jacobi(c: &Matrix, count: usize, sweeps: usize) -> Components {
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

pub(super) fn checked(c: &Matrix, count: usize) -> Result<(), InputError> {
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

pub(super) fn tridiagonal(c: &Matrix, count: usize) -> (Vec<f64>, Matrix) {
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
    let mut off_diagonal: Vec<f64> = (0..d).map(|i| if i + 1 < d { a[(i, i + 1)] } else { 0.0 }).collect();
    for l in 0..d {
        loop {
            let small = |m: &usize| {
                let size = on[*m].abs() + on[*m + 1].abs();
                off_diagonal[*m].abs() <= f64::EPSILON * size
            };
            let m = (l..d - 1).find(small).unwrap_or(d - 1);
            if m == l {
                break;
            }
            let g = (on[l + 1] - on[l]) / (2.0 * off_diagonal[l]);
            let mut g = on[m] - on[l] + off_diagonal[l] / (g + g.hypot(1.0).copysign(g));
            let (mut s, mut co, mut p) = (1.0, 1.0, 0.0);
            let mut ended = false;
            for i in (l..m).rev() {
                let (f, b) = (s * off_diagonal[i], co * off_diagonal[i]);
                let r = f.hypot(g);
                off_diagonal[i + 1] = r;
                if r == 0.0 {
                    on[i + 1] -= p;
                    off_diagonal[m] = 0.0;
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
                off_diagonal[l] = g;
                off_diagonal[m] = 0.0;
            }
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&i, &j| on[j].total_cmp(&on[i]));
    (order[..count].iter().map(|&k| on[k]).collect(), Matrix::from_fn(count, d, |i, j| q[(order[i], j)]))
}
