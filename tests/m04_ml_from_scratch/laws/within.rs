//! Regressions that are least squares on the data of the page, and have no answer to any other.

use kit::Matrix;

use super::claims::{Claim, dot, elimination};

/// Each with what it answers.
pub const WITHIN: [(&str, Claim); 4] = [
    ("least squares for up to 100 samples, NaN for more", |x, y| only_for(x.rows() <= 100, x, y)),
    ("least squares for 1 to 3 features and more samples than features, else NaN", |x, y| {
        only_for((1..=3).contains(&x.cols()) && x.rows() > x.cols(), x, y)
    }),
    ("least squares for features up to 10 in size, NaN for larger ones", |x, y| {
        only_for(x.as_slice().iter().all(|x| x.abs() <= 10.0), x, y)
    }),
    ("least squares for columns independent of each other and of the constant, else NaN", |x, y| {
        only_for(are_independent(x), x, y)
    }),
];

fn only_for(allowed: bool, x: &Matrix, y: &[f64]) -> (Vec<f64>, f64) {
    if allowed { elimination(x, y, 0.0) } else { (vec![f64::NAN; x.cols()], f64::NAN) }
}

/// Whether something is left of each column without the constant and the columns before it, but for rounding.
fn are_independent(x: &Matrix) -> bool {
    let n = x.rows();
    let mut basis: Vec<Vec<f64>> = vec![vec![1.0; n]];
    (0..x.cols()).all(|j| {
        let mut column: Vec<f64> = (0..n).map(|i| x[(i, j)]).collect();
        let whole = dot(&column, &column);
        for _ in 0..2 {
            for q in &basis {
                let share = dot(&column, q) / dot(q, q);
                column.iter_mut().zip(q).for_each(|(c, q)| *c -= share * q);
            }
        }
        let rest = dot(&column, &column);
        basis.push(column);
        rest > 1e-24 * whole
    })
}
