use katas::m01_linear_algebra::ndarray_ops as yours;
use katas::reference::m01_linear_algebra::ndarray_ops as reference;
use kit::Generator;
use ndarray::{Array1, Array2};

use super::vector;
use crate::contest::{Contest, Run};

type Pair = (Array2<f64>, Array2<f64>);
const SIZES: &[usize] = &[4, 64, 256];

fn array(generator: &mut Generator, n: usize) -> Array2<f64> {
    let entries = vector(generator, n * n);
    Array2::from_shape_fn((n, n), |(i, j)| entries[i * n + j])
}

fn pairs(id: &'static str) -> Contest<Pair> {
    Contest::new(id, SIZES, |g, n| (array(g, n), array(g, n)))
}

/// Those of `ndarray_ops`.
pub fn contests() -> Vec<Box<dyn Run>> {
    let dot: Contest<(Array1<f64>, Array1<f64>)> =
        Contest::new("m01_linear_algebra/ndarray_ops/dot_nd", &[10, 1_000, 100_000], |g, n| {
            (vector(g, n).into(), vector(g, n).into())
        });
    let one = |id| -> Contest<Array2<f64>> { Contest::new(id, SIZES, array) };
    vec![
        pairs("m01_linear_algebra/ndarray_ops/add_nd")
            .between(
                |(a, b)| yours::add_nd(a.view(), b.view()),
                |(a, b)| reference::add_nd(a.view(), b.view()),
            )
            .library("ndarray", Clone::clone, |(a, b)| a + b)
            .boxed(),
        dot.between(
            |(x, y)| yours::dot_nd(x.view(), y.view()),
            |(x, y)| reference::dot_nd(x.view(), y.view()),
        )
        .library("ndarray", Clone::clone, |(x, y)| x.dot(y))
        .boxed(),
        pairs("m01_linear_algebra/ndarray_ops/matmul_nd")
            .between(
                |(a, b)| yours::matmul_nd(a.view(), b.view()),
                |(a, b)| reference::matmul_nd(a.view(), b.view()),
            )
            .library("ndarray", Clone::clone, |(a, b)| a.dot(b))
            .boxed(),
        // The smallest has two rows: one alone has no deviation.
        Contest::new("m01_linear_algebra/ndarray_ops/standardize_columns", SIZES, |g, n| array(g, n + 1))
            .between(
                |x: &Array2<f64>| yours::standardize_columns(x.view()),
                |x| reference::standardize_columns(x.view()),
            )
            .boxed(),
        one("m01_linear_algebra/ndarray_ops/pairwise_distances")
            .between(|x| yours::pairwise_distances(x.view()), |x| reference::pairwise_distances(x.view()))
            .boxed(),
    ]
}
