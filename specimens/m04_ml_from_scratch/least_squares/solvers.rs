//! Two other ways to the least squares.

use kit::Matrix;

/// The textbook's system with a column of ones, by elimination with row pivots; `None` where a pivot is lost in rounding.
pub fn uncentered(x: &Matrix, y: &[f64], penalty: f64) -> Option<(Vec<f64>, f64)> {
    let (n, d) = x.shape();
    let column = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
    let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
    // Columns of length 1, so that a pivot can be called small; a column of zeros stays one.
    let length = |j: usize| match mean(&|i| column(i, j) * column(i, j)).sqrt() {
        0.0 => 1.0,
        length => length,
    };
    let lengths: Vec<f64> = (0..=d).map(length).collect();
    let mut a = Matrix::from_fn(d + 1, d + 2, |j, k| {
        let other = |i: usize| if k <= d { column(i, k) / lengths[k] } else { y[i] };
        let price = if j == k && j < d { penalty / lengths[j] / lengths[j] } else { 0.0 };
        mean(&|i| column(i, j) / lengths[j] * other(i)) + price
    });
    for p in 0..=d {
        let best = (p..=d).max_by(|i, j| a[(*i, p)].abs().total_cmp(&a[(*j, p)].abs()))?;
        if a[(best, p)].abs() < 1e-13 {
            return None;
        }
        for k in 0..d + 2 {
            (a[(p, k)], a[(best, k)]) = (a[(best, k)], a[(p, k)]);
        }
        for j in p + 1..=d {
            let factor = a[(j, p)] / a[(p, p)];
            (p..d + 2).for_each(|k| a[(j, k)] -= factor * a[(p, k)]);
        }
    }
    let mut v = vec![0.0; d + 1];
    for j in (0..=d).rev() {
        let known: f64 = (j + 1..=d).map(|k| a[(j, k)] * v[k]).sum();
        v[j] = (a[(j, d + 1)] - known) / a[(j, j)];
    }
    let mut v: Vec<f64> = v.iter().zip(&lengths).map(|(v, length)| v / length).collect();
    let b = v.pop()?;
    Some((v, b))
}

/// Householder's reflections of [1 X | y]; `None` where what is left of a column is lost in rounding.
pub fn householder(x: &Matrix, y: &[f64]) -> Option<(Vec<f64>, f64)> {
    let (n, d) = x.shape();
    let mut a = Matrix::from_fn(n, d + 2, |i, j| match j {
        0 => 1.0,
        _ if j <= d => x[(i, j - 1)],
        _ => y[i],
    });
    let length =
        |a: &Matrix, from: usize, j: usize| (from..n).map(|i| a[(i, j)] * a[(i, j)]).sum::<f64>().sqrt();
    let lengths: Vec<f64> = (0..=d).map(|j| length(&a, 0, j)).collect();
    for p in 0..=d {
        let left = length(&a, p, p);
        if left <= 1e-10 * lengths[p] {
            return None;
        }
        let mut v: Vec<f64> = (p..n).map(|i| a[(i, p)]).collect();
        v[0] += left.copysign(v[0]);
        let square: f64 = v.iter().map(|v| v * v).sum();
        for k in p..d + 2 {
            let share = 2.0 * (p..n).map(|i| v[i - p] * a[(i, k)]).sum::<f64>() / square;
            (p..n).for_each(|i| a[(i, k)] -= share * v[i - p]);
        }
    }
    let mut v = vec![0.0; d + 1];
    for j in (0..=d).rev() {
        let known: f64 = (j + 1..=d).map(|k| a[(j, k)] * v[k]).sum();
        v[j] = (a[(j, d + 1)] - known) / a[(j, j)];
    }
    let b = v.remove(0);
    Some((v, b))
}
