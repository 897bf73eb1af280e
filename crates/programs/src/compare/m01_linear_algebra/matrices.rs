use katas::m01_linear_algebra::matrices as yours;
use katas::reference::m01_linear_algebra::matrices as reference;
use katas::tuned::m01_linear_algebra::matrices as tuned;
use kit::Matrix;
use nalgebra::{DMatrix, DVector};

use super::{square, vector};
use crate::contest::{Contest, Run};

const SIZES: &[usize] = &[4, 64, 256];

fn in_nalgebra(a: &Matrix) -> DMatrix<f64> {
    DMatrix::from_row_slice(a.rows(), a.cols(), a.as_slice())
}

/// Those of `matrices`.
pub fn contests() -> Vec<Box<dyn Run>> {
    let matvec: Contest<(Matrix, Vec<f64>)> =
        Contest::new("m01_linear_algebra/matrices/matvec", SIZES, |g, n| (square(g, n), vector(g, n)));
    let matmul: Contest<(Matrix, Matrix)> =
        Contest::new("m01_linear_algebra/matrices/matmul", SIZES, |g, n| (square(g, n), square(g, n)));
    let transpose: Contest<Matrix> = Contest::new("m01_linear_algebra/matrices/transpose", SIZES, square);
    let identity: Contest<usize> = Contest::new("m01_linear_algebra/matrices/identity", SIZES, |_, n| n);
    vec![
        matvec
            .between(|(a, x)| yours::matvec(a, x), |(a, x)| reference::matvec(a, x))
            .library("nalgebra", |(a, x)| (in_nalgebra(a), DVector::from_column_slice(x)), |(a, x)| a * x)
            .boxed(),
        matmul
            .between(|(a, b)| yours::matmul(a, b), |(a, b)| reference::matmul(a, b))
            .tuned(|(a, b)| tuned::matmul(a, b))
            .library("nalgebra", |(a, b)| (in_nalgebra(a), in_nalgebra(b)), |(a, b)| a * b)
            .boxed(),
        transpose
            .between(yours::transpose, reference::transpose)
            .library("nalgebra", in_nalgebra, DMatrix::transpose)
            .boxed(),
        identity
            .between(|&n| yours::identity(n), |&n| reference::identity(n))
            .library("nalgebra", |&n| n, |&n| DMatrix::<f64>::identity(n, n))
            .boxed(),
    ]
}
