use std::fmt;
use std::ops::{Index, IndexMut};

use approx::AbsDiffEq;

use crate::InputError;

/// A dense matrix of `f64`, stored row after row: entry (i, j) of an m×n matrix is number i·n + j.
///
/// ```
/// # use kit::Matrix;
/// let a = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!((a.rows(), a.cols()), (2, 3));
/// assert_eq!(a[(1, 0)], 4.0);
/// assert_eq!(a.as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(a.row(1), [4.0, 5.0, 6.0]);
/// ```
#[derive(Clone, PartialEq)]
pub struct Matrix {
    rows: usize,
    cols: usize,
    data: Vec<f64>,
}

impl Matrix {
    /// The m×n matrix whose rows stand one after the other in `data`.
    ///
    /// # Errors
    ///
    /// [`InputError::LengthMismatch`] if `data` does not hold m·n numbers; `left` is m·n.
    pub fn new(rows: usize, cols: usize, data: Vec<f64>) -> Result<Self, InputError> {
        let (left, right) = (rows.saturating_mul(cols), data.len());
        if left != right {
            return Err(InputError::LengthMismatch { left, right });
        }
        Ok(Self { rows, cols, data })
    }

    /// The m×n matrix of zeros.
    #[must_use]
    pub fn zeros(rows: usize, cols: usize) -> Self {
        let data = vec![0.0; rows * cols];
        Self { rows, cols, data }
    }

    /// The m×n matrix whose entry (i, j) is `entry(i, j)`.
    #[must_use]
    pub fn from_fn(rows: usize, cols: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        let data = (0..rows * cols).map(|k| entry(k / cols, k % cols)).collect();
        Self { rows, cols, data }
    }

    /// The matrix written down row by row.
    #[must_use]
    pub fn from_rows<const M: usize, const N: usize>(rows: [[f64; N]; M]) -> Self {
        Self::from_fn(M, N, |i, j| rows[i][j])
    }

    /// Number of rows, m.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns, n.
    #[must_use]
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// (m, n).
    #[must_use]
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.cols)
    }

    /// Row i, counted from 0.
    ///
    /// # Panics
    ///
    /// If there is no row i.
    #[must_use]
    pub fn row(&self, i: usize) -> &[f64] {
        assert!(i < self.rows, "row {i} of a matrix with {} rows", self.rows);
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// All entries, row after row.
    #[must_use]
    pub fn as_slice(&self) -> &[f64] {
        &self.data
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        self.check(i, j);
        &self.data[i * self.cols + j]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        self.check(i, j);
        &mut self.data[i * self.cols + j]
    }
}

impl Matrix {
    fn check(&self, i: usize, j: usize) {
        let (m, n) = self.shape();
        assert!(i < m && j < n, "entry ({i}, {j}) of a {m}×{n} matrix; rows and columns count from 0");
    }
}

/// Of the same shape, and each entry close to its counterpart.
impl AbsDiffEq for Matrix {
    type Epsilon = f64;

    fn default_epsilon() -> f64 {
        f64::EPSILON
    }

    fn abs_diff_eq(&self, other: &Self, epsilon: f64) -> bool {
        self.shape() == other.shape() && self.as_slice().abs_diff_eq(other.as_slice(), epsilon)
    }
}

/// Rows in brackets, so that a counterexample reads as one would write it: `2×2 [1 2; 3 4]`.
impl fmt::Debug for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{} [", self.rows, self.cols)?;
        for i in 0..self.rows {
            let row: Vec<_> = self.row(i).iter().map(brief).collect();
            write!(f, "{}{}", if i == 0 { "" } else { "; " }, row.join(" "))?;
        }
        write!(f, "]")
    }
}

/// A number without its hundred zeros: `1`, `0.125`, `1e100`.
fn brief(x: &f64) -> String {
    let digits = x.to_string();
    if digits.len() > 20 { format!("{x:e}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_one_after_the_other() {
        let a = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        assert_eq!(a.as_slice(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!((a[(0, 2)], a[(1, 0)]), (3.0, 4.0));
        assert_eq!(format!("{a:?}"), "2×3 [1 2 3; 4 5 6]");
        let rough = Matrix::from_rows([[-1e100, 1.0 / 3.0, f64::NAN]]);
        assert_eq!(format!("{rough:?}"), "1×3 [-1e100 0.3333333333333333 NaN]");
    }

    #[test]
    fn a_wrong_number_of_entries_is_rejected() {
        let rejected = InputError::LengthMismatch { left: 6, right: 5 };
        assert_eq!(Matrix::new(2, 3, vec![0.0; 5]), Err(rejected));
    }

    #[test]
    fn a_matrix_may_be_empty_and_still_have_a_shape() {
        assert_eq!(Matrix::zeros(0, 3).shape(), (0, 3));
        assert_eq!(Matrix::zeros(3, 0).row(2), [0.0; 0]);
    }

    #[test]
    fn close_matrices_have_one_shape_and_close_entries() {
        let (a, b) = (Matrix::from_rows([[1.0, 2.0]]), Matrix::from_rows([[1.0, 2.5]]));
        assert!(a.abs_diff_eq(&b, 0.5));
        assert!(!a.abs_diff_eq(&b, 0.25));
        assert!(!a.abs_diff_eq(&Matrix::from_rows([[1.0], [2.0]]), 0.5));
        assert!(!Matrix::zeros(0, 2).abs_diff_eq(&Matrix::zeros(2, 0), 0.5));
    }

    #[test]
    #[should_panic(expected = "entry (0, 2) of a 2×2 matrix")]
    fn an_index_beyond_the_row_does_not_reach_into_the_next() {
        let _ = Matrix::zeros(2, 2)[(0, 2)];
    }
}
