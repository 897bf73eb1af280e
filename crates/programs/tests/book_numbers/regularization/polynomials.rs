//! Polynomials of growing degree: the sepal length of irises from the petal length.

use kit::data::iris;

use super::{CHAPTER, says};

/// The Legendre polynomials up to a degree, at a place in [−1, 1].
fn legendre(at: f64, degree: usize) -> Vec<f64> {
    let mut values = vec![1.0, at];
    for k in 1..degree.max(1) {
        let k_next = (k + 1) as f64;
        values.push(((2 * k + 1) as f64 * at * values[k] - k as f64 * values[k - 1]) / k_next);
    }
    values.truncate(degree + 1);
    values
}

/// Least squares by the Gram–Schmidt process, each column twice.
fn fit(rows: &[Vec<f64>], y: &[f64]) -> Vec<f64> {
    let (n, d) = (rows.len(), rows[0].len());
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (mut q, mut r): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (Vec::new(), Vec::new());
    for j in 0..d {
        let mut column: Vec<f64> = (0..n).map(|i| rows[i][j]).collect();
        let mut parts = vec![0.0; d];
        for _ in 0..2 {
            for (k, other) in q.iter().enumerate() {
                let along = dot(&column, other);
                parts[k] += along;
                column.iter_mut().zip(other).for_each(|(entry, other)| *entry -= along * other);
            }
        }
        parts[j] = dot(&column, &column).sqrt();
        column.iter_mut().for_each(|entry| *entry /= parts[j]);
        q.push(column);
        r.push(parts);
    }
    let mut solution = vec![0.0; d];
    for j in (0..d).rev() {
        let known: f64 = (j + 1..d).map(|k| r[k][j] * solution[k]).sum();
        solution[j] = (dot(&q[j], y) - known) / r[j][j];
    }
    solution
}

#[test]
fn a_parabola_has_the_lowest_validation_error() {
    let x = &iris().features;
    let at = |i: usize| 2.0 * (x[(i, 2)] - 1.0) / 5.9 - 1.0;
    let (training, validation): (Vec<usize>, Vec<usize>) = (0..150).partition(|i| i % 10 == 0);
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for degree in 0..=7 {
        let rows: Vec<Vec<f64>> = training.iter().map(|&i| legendre(at(i), degree)).collect();
        let y: Vec<f64> = training.iter().map(|&i| x[(i, 0)]).collect();
        let coefficients = fit(&rows, &y);
        let error = |rows: &[usize]| {
            let square = |i: &usize| {
                let values = legendre(at(*i), degree);
                let prediction: f64 = values.iter().zip(&coefficients).map(|(v, c)| v * c).sum();
                (prediction - x[(*i, 0)]).powi(2)
            };
            rows.iter().map(square).sum::<f64>() / rows.len() as f64
        };
        own.push(error(&training));
        others.push(error(&validation));
    }
    let row = |errors: &[f64]| errors.iter().map(|e| format!("{e:.4}")).collect::<Vec<_>>().join(" | ");
    says(CHAPTER, &format!("| training error | {} |", row(&own)));
    says(CHAPTER, &format!("| validation error | {} |", row(&others)));
}
