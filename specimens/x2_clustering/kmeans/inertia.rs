use kit::{InputError, Matrix, check};

use super::super::placing::{clipped, each, expanded, manhattan, nan_as_zero, part, single, square};
use crate::reference::x2_clustering::kmeans as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Sum = Result<f64, InputError>;
type Inertia = fn(&Matrix, &Matrix) -> Sum;

/// The kata, answered by a specimen.
pub fn inertia(x: &Matrix, centers: &Matrix) -> Result<f64, InputError> {
    answering::<Inertia>(
        module_path!(),
        reference::inertia,
        &[
            wheat("lengths", "squares the length of the difference", |x, c| {
                summed(x, c, |a, b| {
                    a.iter().zip(b).fold(0.0, |length: f64, (a, b)| length.hypot(a - b)).powi(2)
                })
            }),
            chaff(
                "expanded",
                "‖x‖² − 2x·c + ‖c‖² is as accurate as ‖x − c‖².",
                |x, c| summed(x, c, expanded),
            ),
            wheat("backwards", "adds up the points from the last to the first", |x, c| {
                let n = x.rows();
                reference::inertia(x, c)?;
                reference::inertia(&Matrix::from_fn(n, x.cols(), |i, a| x[(n - 1 - i, a)]), c)
            }),
            wheat("root_squared", "squares the distance at the end", |x, c| {
                summed(x, c, |a, b| square(a, b).sqrt().powi(2))
            }),
            chaff("not_squared", "The inertia is the sum of the distances.", |x, c| {
                summed(x, c, |a, b| square(a, b).sqrt())
            }),
            chaff("mean", "The inertia is the mean squared distance.", |x, c| {
                Ok(reference::inertia(x, c)? / x.rows() as f64)
            }),
            chaff("half", "The inertia has a factor ½, as the squared error.", |x, c| {
                Ok(reference::inertia(x, c)? / 2.0)
            }),
            chaff("root", "The inertia is a length: its root is taken.", |x, c| {
                Ok(reference::inertia(x, c)?.sqrt())
            }),
            chaff("absolute", "A distance is the sum of the absolute differences.", |x, c| {
                summed(x, c, |a, b| manhattan(a, b).powi(2))
            }),
            chaff("first_center", "The first center is as good as any.", |x, c| {
                reference::inertia(x, c)?;
                reference::inertia(x, &part(c, 1, c.cols()))
            }),
            chaff("all_centers", "The distances to all centers count.", |x, c| {
                reference::inertia(x, c)?;
                let each =
                    (0..c.rows()).map(|j| (0..x.rows()).map(|i| square(x.row(i), c.row(j))).sum::<f64>());
                Ok(each.sum())
            }),
            chaff("best_center", "One center is the best one for all points.", |x, c| {
                reference::inertia(x, c)?;
                let each =
                    (0..c.rows()).map(|j| (0..x.rows()).map(|i| square(x.row(i), c.row(j))).sum::<f64>());
                Ok(each.fold(f64::INFINITY, f64::min))
            }),
            chaff("largest", "The farthest point decides.", |x, c| {
                reference::inertia(x, c)?;
                let to = |i: usize| {
                    (0..c.rows()).map(|j| square(x.row(i), c.row(j))).fold(f64::INFINITY, f64::min)
                };
                Ok((0..x.rows()).map(to).fold(0.0, f64::max))
            }),
            chaff("per_feature", "Each feature has a nearest center of its own.", |x, c| {
                reference::inertia(x, c)?;
                let least = |i: usize, a: usize| {
                    (0..c.rows()).map(|j| (x[(i, a)] - c[(j, a)]).powi(2)).fold(f64::INFINITY, f64::min)
                };
                Ok((0..x.rows())
                    .flat_map(|i| (0..x.cols()).map(move |a| (i, a)))
                    .map(|(i, a)| least(i, a))
                    .sum())
            }),
            chaff("centers_to_points", "Each center has a nearest point.", |x, c| {
                reference::inertia(x, c)?;
                reference::inertia(c, x)
            }),
            chaff("last_feature_left_out", "Features are numbered up to d − 2.", |x, c| {
                reference::inertia(x, c)?;
                let d = (x.cols() - 1).max(1);
                reference::inertia(&part(x, x.rows(), d), &part(c, c.rows(), d))
            }),
            chaff("last_center_left_out", "Centers are numbered up to k − 2.", |x, c| {
                reference::inertia(x, c)?;
                reference::inertia(x, &part(c, (c.rows() - 1).max(1), c.cols()))
            }),
            chaff("a_hundred_points", "A hundred points are enough.", |x, c| {
                reference::inertia(x, c)?;
                reference::inertia(&part(x, 100, x.cols()), c)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, c| {
                reference::inertia(x, c)?;
                reference::inertia(&each(x, single), &each(c, single))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, c| {
                reference::inertia(&each(x, nan_as_zero), &each(c, nan_as_zero))
            }),
            chaff("any_size", "The square of a number is finite.", |x, c| {
                check::finite("x", x.as_slice())?;
                check::finite("centers", c.as_slice())?;
                reference::inertia(&each(x, clipped), &each(c, clipped))
            }),
            chaff("columns_cut", "Features that the centers do not have are ignored.", |x, c| {
                let d = x.cols().min(c.cols());
                reference::inertia(&part(x, x.rows(), d), &part(c, c.rows(), d))
            }),
            chaff("empty_is_0", "Without points the inertia is 0.", |x, c| {
                if x.rows() == 0 { Ok(0.0) } else { reference::inertia(x, c) }
            }),
            chaff("last_too_large", "Any entry that is too large may be named.", |x, c| {
                reference::inertia(x, c).map_err(|error| match error {
                    InputError::OutOfRange { name: "x", got, wanted } => {
                        let last = x.as_slice().iter().rfind(|v| v.abs() > 1e150);
                        InputError::OutOfRange { name: "x", got: last.copied().unwrap_or(got), wanted }
                    }
                    other => other,
                })
            }),
        ],
    )(x, centers)
}

fn summed(x: &Matrix, centers: &Matrix, distance: fn(&[f64], &[f64]) -> f64) -> Sum {
    reference::inertia(x, centers)?;
    let least = |i: usize| {
        (0..centers.rows()).map(|j| distance(x.row(i), centers.row(j))).fold(f64::INFINITY, f64::min)
    };
    Ok((0..x.rows()).map(least).sum())
}
