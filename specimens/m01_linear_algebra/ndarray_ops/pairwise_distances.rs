use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Axis};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m01_linear_algebra::ndarray_ops as reference;

type Answer = Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn pairwise_distances(points: ArrayView2<'_, f64>) -> Answer {
    answering::<fn(ArrayView2<'_, f64>) -> Answer>(
        module_path!(),
        reference::pairwise_distances,
        &[
            wheat("row_by_row", "all points less one, for each", |points| {
                check::finite("points", points)?;
                let m = points.nrows();
                let mut distances = Array2::zeros((m, m));
                for (point, mut row) in points.rows().into_iter().zip(distances.rows_mut()) {
                    row.assign(&(&points - &point).pow2().sum_axis(Axis(1)).sqrt());
                }
                Ok(distances)
            }),
            wheat("one_half_mirrored", "each pair once, by scaled squares", |points| {
                check::finite("points", points)?;
                let m = points.nrows();
                let mut distances = Array2::zeros((m, m));
                for (i, j) in (0..m).flat_map(|i| (0..i).map(move |j| (i, j))) {
                    let off = &points.row(i) - &points.row(j);
                    distances[(i, j)] = off.iter().fold(0.0_f64, |length, x| length.hypot(*x));
                    distances[(j, i)] = distances[(i, j)];
                }
                Ok(distances)
            }),
            wheat("coordinate_by_coordinate", "adds the squares of one m×m table a coordinate", |points| {
                check::finite("points", points)?;
                let m = points.nrows();
                let table = |sum: Array2<f64>, x: ndarray::ArrayView1<'_, f64>| {
                    sum + (&x.insert_axis(Axis(1)) - &x.insert_axis(Axis(0))).pow2()
                };
                Ok(points.columns().into_iter().fold(Array2::zeros((m, m)), table).sqrt())
            }),
            wheat("side_by_side", "lengthens the distance by one coordinate after the other", |points| {
                check::finite("points", points)?;
                let m = points.nrows();
                Ok(Array2::from_shape_fn((m, m), |(i, j)| {
                    points.row(i).iter().zip(points.row(j)).fold(0.0_f64, |far, (x, y)| far.hypot(x - y))
                }))
            }),
            chaff("squared", "the sum of the squares is the distance", |points| {
                Ok(reference::pairwise_distances(points)?.pow2())
            }),
            chaff(
                "multiplied_out",
                "‖x − y‖² is ‖x‖² − 2x·y + ‖y‖², in floating point too",
                |points| {
                    check::finite("points", points)?;
                    let squares = points.pow2().sum_axis(Axis(1));
                    let sums = &squares.view().insert_axis(Axis(1)) + &squares.view().insert_axis(Axis(0));
                    Ok((sums - 2.0 * points.dot(&points.t())).mapv(|square| square.max(0.0).sqrt()))
                },
            ),
            chaff("manhattan", "the distance is the sum of the differences", |points| {
                check::finite("points", points)?;
                Ok((&points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0))).abs().sum_axis(Axis(2)))
            }),
            chaff("largest_difference", "the distance is the largest difference", |points| {
                check::finite("points", points)?;
                let differences = &points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0));
                Ok(differences.fold_axis(Axis(2), 0.0, |largest: &f64, x| largest.max(x.abs())))
            }),
            chaff("columns", "each column is a point", |points| {
                check::finite("points", points)?;
                reference::pairwise_distances(points.t())
            }),
            chaff("from_the_origin", "the lengths say how far apart two points are", |points| {
                check::finite("points", points)?;
                let lengths = points.pow2().sum_axis(Axis(1)).sqrt();
                Ok((&lengths.view().insert_axis(Axis(1)) - &lengths.view().insert_axis(Axis(0))).abs())
            }),
            chaff("one_half", "the other half of the table is not needed", |points| {
                let mut distances = reference::pairwise_distances(points)?;
                distances.indexed_iter_mut().filter(|((i, j), _)| i > j).for_each(|(_, d)| *d = 0.0);
                Ok(distances)
            }),
            chaff("small_number_added", "a small number under the root does no harm", |points| {
                Ok(reference::pairwise_distances(points)?.mapv(|d| (d * d + 1e-12).sqrt()))
            }),
            chaff("near_is_same", "points closer than 1e-6 are the same", |points| {
                Ok(reference::pairwise_distances(points)?.mapv(|d| if d < 1e-6 { 0.0 } else { d }))
            }),
            chaff("root_mean_square", "the sum is divided by the number of coordinates", |points| {
                Ok(reference::pairwise_distances(points)? / (points.ncols().max(1) as f64).sqrt())
            }),
            chaff("infinite_diagonal", "nobody is their own neighbor", |points| {
                let mut distances = reference::pairwise_distances(points)?;
                distances.diag_mut().fill(f64::INFINITY);
                Ok(distances)
            }),
            chaff("empty_rejected", "without points there are no distances", |points| {
                check::at_least(1, points.len())?;
                reference::pairwise_distances(points)
            }),
            chaff("nan_passed_on", "a NaN will show in the result", |points| {
                Ok((&points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0)))
                    .pow2()
                    .sum_axis(Axis(2))
                    .sqrt())
            }),
            chaff(
                "memory_order",
                "entries that are neighbors in the array are neighbors in memory",
                |points| {
                    check::finite("points", points)?;
                    let flat = points.as_slice_memory_order().map(<[f64]>::to_vec);
                    let relaid = flat.and_then(|flat| Array2::from_shape_vec(points.dim(), flat).ok());
                    reference::pairwise_distances(relaid.unwrap_or(points.to_owned()).view())
                },
            ),
            chaff("last_named", "any number that is not finite will do", |points| {
                reference::pairwise_distances(points).map_err(|rejection| match rejection {
                    InputError::NotFinite { name, index } => {
                        let last =
                            points.iter().collect::<Vec<_>>().iter().rposition(|entry| !entry.is_finite());
                        InputError::NotFinite { name, index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
            chaff("three_coordinates", "space has three dimensions", |points| {
                let distances = reference::pairwise_distances(points)?;
                if points.ncols() <= 3 {
                    return Ok(distances);
                }
                reference::pairwise_distances(points.slice(ndarray::s![.., ..3]))
            }),
        ],
    )(points)
}
