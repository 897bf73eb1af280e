use katas::m01_linear_algebra::vectors as yours;
use katas::reference::m01_linear_algebra::vectors as reference;
use katas::tuned::m01_linear_algebra::vectors as tuned;
use nalgebra::DVector;

use super::vector;
use crate::contest::{Contest, Run};

type Pair = [Vec<f64>; 2];
const SIZES: &[usize] = &[10, 1_000, 100_000];

fn pairs(id: &'static str) -> Contest<Pair> {
    Contest::new(id, SIZES, |generator, n| [vector(generator, n), vector(generator, n)])
}

fn in_nalgebra(pair: &Pair) -> [DVector<f64>; 2] {
    [0, 1].map(|k| DVector::from_column_slice(&pair[k]))
}

/// Those of `vectors`.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        pairs("m01_linear_algebra/vectors/add")
            .between(|[x, y]| yours::add(x, y), |[x, y]| reference::add(x, y))
            .library("nalgebra", in_nalgebra, |[x, y]| x + y)
            .boxed(),
        pairs("m01_linear_algebra/vectors/scale")
            .between(|[x, _]| yours::scale(1.5, x), |[x, _]| reference::scale(1.5, x))
            .library("nalgebra", in_nalgebra, |[x, _]| 1.5 * x)
            .boxed(),
        pairs("m01_linear_algebra/vectors/dot")
            .between(|[x, y]| yours::dot(x, y), |[x, y]| reference::dot(x, y))
            .tuned(|[x, y]| tuned::dot(x, y))
            .library("nalgebra", in_nalgebra, |[x, y]| x.dot(y))
            .boxed(),
        pairs("m01_linear_algebra/vectors/norm")
            .between(|[x, _]| yours::norm(x), |[x, _]| reference::norm(x))
            .library("nalgebra", in_nalgebra, |[x, _]| x.norm())
            .boxed(),
        pairs("m01_linear_algebra/vectors/cosine_similarity")
            .between(|[x, y]| yours::cosine_similarity(x, y), |[x, y]| reference::cosine_similarity(x, y))
            .library("nalgebra", in_nalgebra, |[x, y]| x.dot(y) / (x.norm() * y.norm()))
            .boxed(),
    ]
}
