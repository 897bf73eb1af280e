//! The same numbers in arrays that lie differently in memory. Laws draw plain matrices and convert them here, so that a
//! counterexample reads `2×2 [1 2; 3 4]`.

use judge::any::select;
use judge::{Inputs, any};
use kit::Matrix;
use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};
use proptest::prelude::{Just, Strategy};
use proptest::prop_oneof;

/// How an array lies in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stored {
    RowMajor,
    /// As a transposed array does.
    ColumnMajor,
    /// As an array that is read backwards does.
    Reversed,
    /// As every second row and column of a larger array does; NaN stands between.
    Strided,
}

impl Inputs for Stored {}

pub fn stored() -> impl Strategy<Value = Stored> + Send + Sync + Clone {
    select(vec![Stored::RowMajor, Stored::ColumnMajor, Stored::Reversed, Stored::Strided])
}

/// The matrix as an array.
pub fn array(of: &Matrix, stored: Stored) -> Array2<f64> {
    let (m, n) = of.shape();
    match stored {
        Stored::RowMajor => Array2::from_shape_fn((m, n), |entry| of[entry]),
        Stored::ColumnMajor => Array2::from_shape_fn((n, m), |(j, i)| of[(i, j)]).reversed_axes(),
        Stored::Reversed => {
            let mut array = Array2::from_shape_fn((m, n), |(i, j)| of[(m - 1 - i, n - 1 - j)]);
            array.invert_axis(Axis(0));
            array.invert_axis(Axis(1));
            array
        }
        Stored::Strided => {
            let entry = |(i, j)| if i % 2 + j % 2 == 0 { of[(i / 2, j / 2)] } else { f64::NAN };
            let mut array = Array2::from_shape_fn((2 * m, 2 * n), entry);
            array.slice_axis_inplace(Axis(0), Slice::new(0, None, 2));
            array.slice_axis_inplace(Axis(1), Slice::new(0, None, 2));
            array
        }
    }
}

/// The vector as an array: a row of a matrix that is stored so.
pub fn row(of: &[f64], stored: Stored) -> Array1<f64> {
    let matrix = Matrix::from_fn(1, of.len(), |_, j| of[j]);
    array(&matrix, stored).index_axis_move(Axis(0), 0)
}

/// A number of rows or columns; 0 now and then, though a counterexample without entries says little.
pub fn side() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![4 => 1..=3_usize, 1 => Just(0_usize)]
}

/// Rows and columns: few, or many of one of them.
pub fn sides() -> impl Strategy<Value = (usize, usize)> + Send + Sync + Clone {
    let rung = || select(vec![17, 33, 65, 101, 321, 1025_usize]);
    prop_oneof![
        12 => (1..=3_usize, 1..=3_usize),
        1 => (rung(), 1..=3_usize),
        1 => (1..=3_usize, rung()),
        1 => (17..=70_usize, 17..=70_usize),
        1 => (any::length(1..=3, 1025), 1..=3_usize),
        1 => (1..=3_usize, any::length(1..=3, 1025)),
        1 => (10..=16_usize, 10..=16_usize),
    ]
}

/// The array as the matrix it shows.
pub fn matrix(of: ArrayView2<'_, f64>) -> Matrix {
    Matrix::from_fn(of.nrows(), of.ncols(), |i, j| of[(i, j)])
}
