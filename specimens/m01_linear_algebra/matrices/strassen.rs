//! The product of two matrices with seven multiplications in place of eight.
//!
//! Source: Strassen, *Gaussian Elimination is not Optimal*, Numerische Mathematik 13 (1969).

use kit::Matrix;

/// A·B, where the shapes fit.
pub(super) fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let largest = [a.rows(), a.cols(), b.cols()].into_iter().max().unwrap_or(0);
    let n = largest.next_power_of_two();
    let filled = |a: &Matrix| part(a, 0, 0, n);
    let whole = square(&filled(a), &filled(b));
    Matrix::from_fn(a.rows(), b.cols(), |i, j| whole[(i, j)])
}

fn square(a: &Matrix, b: &Matrix) -> Matrix {
    let n = a.rows();
    // Small ones by definition: there the additions cost more than the one multiplication saves.
    if n <= 4 {
        return Matrix::from_fn(n, n, |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum());
    }
    let h = n / 2;
    let quarters = |a: &Matrix| [part(a, 0, 0, h), part(a, 0, h, h), part(a, h, 0, h), part(a, h, h, h)];
    let ([a11, a12, a21, a22], [b11, b12, b21, b22]) = (&quarters(a), &quarters(b));
    let m1 = square(&sum(a11, 1.0, a22), &sum(b11, 1.0, b22));
    let m2 = square(&sum(a21, 1.0, a22), b11);
    let m3 = square(a11, &sum(b12, -1.0, b22));
    let m4 = square(a22, &sum(b21, -1.0, b11));
    let m5 = square(&sum(a11, 1.0, a12), b22);
    let m6 = square(&sum(a21, -1.0, a11), &sum(b11, 1.0, b12));
    let m7 = square(&sum(a12, -1.0, a22), &sum(b21, 1.0, b22));
    let c11 = sum(&sum(&m1, 1.0, &m4), 1.0, &sum(&m7, -1.0, &m5));
    let c22 = sum(&sum(&m1, -1.0, &m2), 1.0, &sum(&m3, 1.0, &m6));
    let (c12, c21) = (sum(&m3, 1.0, &m5), sum(&m2, 1.0, &m4));
    Matrix::from_fn(2 * h, 2 * h, |i, j| match (i < h, j < h) {
        (true, true) => c11[(i, j)],
        (true, false) => c12[(i, j - h)],
        (false, true) => c21[(i - h, j)],
        (false, false) => c22[(i - h, j - h)],
    })
}

/// The n×n part that begins at this place, filled up with zeros.
fn part(a: &Matrix, top: usize, left: usize, n: usize) -> Matrix {
    let inside = |i, j| i < a.rows() && j < a.cols();
    Matrix::from_fn(n, n, |i, j| if inside(top + i, left + j) { a[(top + i, left + j)] } else { 0.0 })
}

fn sum(a: &Matrix, sign: f64, b: &Matrix) -> Matrix {
    Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + sign * b[(i, j)])
}
