use katas::m01_linear_algebra::transforms as yours;
use katas::reference::m01_linear_algebra::transforms as reference;
use nalgebra::{Matrix2, Rotation2, Vector2};

use super::vector;
use crate::contest::{Contest, Run};

type Points = (Matrix2<f64>, Vec<Vector2<f64>>);

fn numbers(points: Vec<Vector2<f64>>) -> Vec<f64> {
    points.iter().flat_map(|p| [p.x, p.y]).collect()
}

/// Those of `transforms`.
pub fn contests() -> Vec<Box<dyn Run>> {
    let pair = |id| -> Contest<[f64; 2]> {
        Contest::new(id, &[1], |g, _| [g.uniform_in(-4.0, 4.0), g.uniform_in(-4.0, 4.0)])
    };
    let maps: Contest<Vec<Matrix2<f64>>> =
        Contest::new("m01_linear_algebra/transforms/compose", &[2, 100], |g, n| {
            (0..n).map(|_| Matrix2::from_fn(|_, _| g.uniform_in(-1.0, 1.0))).collect()
        });
    let points: Contest<Points> =
        Contest::new("m01_linear_algebra/transforms/apply", &[10, 10_000], |g, n| {
            let map = Matrix2::from_fn(|_, _| g.uniform_in(-1.0, 1.0));
            (map, (0..n).map(|_| Vector2::from_vec(vector(g, 2))).collect())
        });
    vec![
        pair("m01_linear_algebra/transforms/rotation")
            .between(|[angle, _]| yours::rotation(*angle), |[angle, _]| reference::rotation(*angle))
            .library("nalgebra", |[angle, _]| *angle, |angle| Rotation2::new(*angle).into_inner())
            .boxed(),
        pair("m01_linear_algebra/transforms/scaling")
            .between(|[x, y]| yours::scaling(*x, *y), |[x, y]| reference::scaling(*x, *y))
            .boxed(),
        pair("m01_linear_algebra/transforms/projection_onto")
            .between(
                |[x, y]| yours::projection_onto(Vector2::new(*x, *y)),
                |[x, y]| reference::projection_onto(Vector2::new(*x, *y)),
            )
            .boxed(),
        maps.between(|maps| yours::compose(maps), |maps| reference::compose(maps)).boxed(),
        points
            .between(|(a, p)| numbers(yours::apply(*a, p)), |(a, p)| numbers(reference::apply(*a, p)))
            .boxed(),
    ]
}
