use katas::m01_linear_algebra::eigen as yours;
use katas::reference::m01_linear_algebra::eigen as reference;
use kit::{Eigen, Generator, InputError, Matrix};
use nalgebra::{DMatrix, Matrix2, SymmetricEigen, Vector2};

use super::square;
use crate::contest::{Contest, Run};

/// Enough steps for random matrices, whose two largest eigenvalues may lie close together.
const STEPS: usize = 1_000_000;

fn two_by_two(id: &'static str) -> Contest<Matrix2<f64>> {
    Contest::new(id, &[2], |g, _| Matrix2::from_fn(|_, _| g.uniform_in(-1.0, 1.0)))
}

fn values(answer: Result<Eigen<f64>, InputError>) -> Result<Vec<f64>, InputError> {
    answer.map(|it| match it {
        Eigen::Real(both) => both.to_vec(),
        Eigen::Complex { re, im } => vec![re, im],
    })
}

/// v·vᵀ instead of v, which does not care for the sign; of a complex vector v·v̄ᵀ, which does not care for the phase.
fn directions(answer: Result<Eigen<Vector2<f64>>, InputError>) -> Result<Vec<f64>, InputError> {
    answer.map(|it| match it {
        Eigen::Real(both) => both.iter().flat_map(|v| [v.x * v.x, v.x * v.y, v.y * v.y]).collect(),
        Eigen::Complex { re, im } => {
            let real = re * re.transpose() + im * im.transpose();
            let imaginary = im * re.transpose() - re * im.transpose();
            real.iter().chain(imaginary.iter()).copied().collect()
        }
    })
}

fn diagonal(answer: Result<(Matrix2<f64>, Matrix2<f64>), InputError>) -> Result<Vec<f64>, InputError> {
    answer.map(|(_, d)| vec![d[(0, 0)], d[(1, 1)]])
}

/// A symmetric matrix whose first eigenvalue stands well apart.
fn symmetric(generator: &mut Generator, n: usize) -> Matrix {
    let a = square(generator, n);
    Matrix::from_fn(n, n, |i, j| a[(i, j)] + a[(j, i)] + if i == j && i == 0 { 4.0 * n as f64 } else { 0.0 })
}

type PowerIteration = fn(&Matrix, f64, usize, &mut Generator) -> Result<(f64, Vec<f64>), InputError>;

fn dominant(a: &Matrix, iterate: PowerIteration) -> Result<f64, InputError> {
    iterate(a, 1e-10, STEPS, &mut Generator::from_seed(1)).map(|(value, _)| value)
}

/// Those of `eigen`.
pub fn contests() -> Vec<Box<dyn Run>> {
    let power: Contest<Matrix> =
        Contest::new("m01_linear_algebra/eigen/power_iteration", &[4, 32, 128], symmetric);
    vec![
        two_by_two("m01_linear_algebra/eigen/eigenvalues_2x2")
            .between(|a| values(yours::eigenvalues_2x2(*a)), |a| values(reference::eigenvalues_2x2(*a)))
            .boxed(),
        two_by_two("m01_linear_algebra/eigen/eigenvectors_2x2")
            .between(
                |a| directions(yours::eigenvectors_2x2(*a)),
                |a| directions(reference::eigenvectors_2x2(*a)),
            )
            .boxed(),
        two_by_two("m01_linear_algebra/eigen/diagonalize")
            .between(|a| diagonal(yours::diagonalize(*a)), |a| diagonal(reference::diagonalize(*a)))
            .boxed(),
        power
            .between(|a| dominant(a, yours::power_iteration), |a| dominant(a, reference::power_iteration))
            .library(
                "nalgebra",
                |a| DMatrix::from_row_slice(a.rows(), a.cols(), a.as_slice()),
                |a| {
                    SymmetricEigen::new(a.clone())
                        .eigenvalues
                        .iter()
                        .copied()
                        .fold(0.0, |m: f64, x| if x.abs() > m.abs() { x } else { m })
                },
            )
            .boxed(),
    ]
}
