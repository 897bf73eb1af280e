use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Axis};

use crate::reference::m01_linear_algebra::ndarray_ops as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn pairwise_distances(points: ArrayView2<'_, f64>) -> Answer {
    answering::<fn(ArrayView2<'_, f64>) -> Answer>(
        module_path!(),
        reference::pairwise_distances,
        &[
            wheat("row_by_row", "subtracts one point from all points, for each", |points| {
                check::finite("points", points)?;
                let m = points.nrows();
                let mut distances = Array2::zeros((m, m));
                for (point, mut row) in points.rows().into_iter().zip(distances.rows_mut()) {
                    row.assign(&(&points - &point).pow2().sum_axis(Axis(1)).sqrt());
                }
                Ok(distances)
            }),
            wheat("one_half_mirrored", "computes each pair once, with scaled squares", |points| {
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
            wheat(
                "coordinate_by_coordinate",
                "adds the squares of one m×m matrix per coordinate",
                |points| {
                    check::finite("points", points)?;
                    let m = points.nrows();
                    let table = |sum: Array2<f64>, x: ndarray::ArrayView1<'_, f64>| {
                        sum + (&x.insert_axis(Axis(1)) - &x.insert_axis(Axis(0))).pow2()
                    };
                    Ok(points.columns().into_iter().fold(Array2::zeros((m, m)), table).sqrt())
                },
            ),
            wheat(
                "side_by_side",
                "updates the distance with one coordinate after the other by `hypot`",
                |points| {
                    check::finite("points", points)?;
                    let m = points.nrows();
                    Ok(Array2::from_shape_fn((m, m), |(i, j)| {
                        points.row(i).iter().zip(points.row(j)).fold(0.0_f64, |far, (x, y)| far.hypot(x - y))
                    }))
                },
            ),
            chaff("squared", "The sum of the squares is the distance.", |points| {
                Ok(reference::pairwise_distances(points)?.pow2())
            }),
            chaff(
                "multiplied_out",
                "‖x‖² − 2x·y + ‖y‖² is as accurate as ‖x − y‖² in floating point.",
                |points| {
                    check::finite("points", points)?;
                    let squares = points.pow2().sum_axis(Axis(1));
                    let sums = &squares.view().insert_axis(Axis(1)) + &squares.view().insert_axis(Axis(0));
                    Ok((sums - 2.0 * points.dot(&points.t())).mapv(|square| square.max(0.0).sqrt()))
                },
            ),
            chaff("manhattan", "The Euclidean distance is the sum of the absolute differences.", |points| {
                check::finite("points", points)?;
                Ok((&points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0))).abs().sum_axis(Axis(2)))
            }),
            chaff(
                "largest_difference",
                "The Euclidean distance is the largest absolute difference.",
                |points| {
                    check::finite("points", points)?;
                    let differences = &points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0));
                    Ok(differences.fold_axis(Axis(2), 0.0, |largest: &f64, x| largest.max(x.abs())))
                },
            ),
            chaff("columns", "Each column is a point.", |points| {
                check::finite("points", points)?;
                reference::pairwise_distances(points.t())
            }),
            chaff("from_the_origin", "The distance is the difference of the norms.", |points| {
                check::finite("points", points)?;
                let lengths = points.pow2().sum_axis(Axis(1)).sqrt();
                Ok((&lengths.view().insert_axis(Axis(1)) - &lengths.view().insert_axis(Axis(0))).abs())
            }),
            chaff("one_half", "Only one triangle of the distance matrix is filled.", |points| {
                let mut distances = reference::pairwise_distances(points)?;
                distances.indexed_iter_mut().filter(|((i, j), _)| i > j).for_each(|(_, d)| *d = 0.0);
                Ok(distances)
            }),
            chaff(
                "small_number_added",
                "A small number added below the square root does no harm.",
                |points| Ok(reference::pairwise_distances(points)?.mapv(|d| (d * d + 1e-12).sqrt())),
            ),
            chaff("near_is_same", "Points closer than 10⁻⁶ are equal.", |points| {
                Ok(reference::pairwise_distances(points)?.mapv(|d| if d < 1e-6 { 0.0 } else { d }))
            }),
            chaff(
                "root_mean_square",
                "The sum of squares is divided by the number of coordinates.",
                |points| Ok(reference::pairwise_distances(points)? / (points.ncols().max(1) as f64).sqrt()),
            ),
            chaff(
                "infinite_diagonal",
                "The distance of a point to itself is infinite, so that it is not its own nearest neighbor.",
                |points| {
                    let mut distances = reference::pairwise_distances(points)?;
                    distances.diag_mut().fill(f64::INFINITY);
                    Ok(distances)
                },
            ),
            chaff("empty_rejected", "An empty set of points is an error.", |points| {
                check::at_least(1, points.len())?;
                reference::pairwise_distances(points)
            }),
            chaff(
                "nan_passed_on",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |points| {
                    Ok((&points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0)))
                        .pow2()
                        .sum_axis(Axis(2))
                        .sqrt())
                },
            ),
            chaff(
                "memory_order",
                "Entries that are neighbors in the array are neighbors in memory.",
                |points| {
                    check::finite("points", points)?;
                    let flat = points.as_slice_memory_order().map(<[f64]>::to_vec);
                    let relaid = flat.and_then(|flat| Array2::from_shape_vec(points.dim(), flat).ok());
                    reference::pairwise_distances(relaid.unwrap_or(points.to_owned()).view())
                },
            ),
            chaff("last_named", "The index may be that of any entry that is not finite.", |points| {
                reference::pairwise_distances(points).map_err(|rejection| match rejection {
                    InputError::NotFinite { name, index } => {
                        let last =
                            points.iter().collect::<Vec<_>>().iter().rposition(|entry| !entry.is_finite());
                        InputError::NotFinite { name, index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
            chaff("three_coordinates", "A point has at most three coordinates.", |points| {
                let distances = reference::pairwise_distances(points)?;
                if points.ncols() <= 3 {
                    return Ok(distances);
                }
                reference::pairwise_distances(points.slice(ndarray::s![.., ..3]))
            }),
            chaff("differences_capped", "No difference is above 10¹⁵⁰, as no entry is.", |points| {
                check::finite("points", points)?;
                let apart = &points.insert_axis(Axis(1)) - &points.insert_axis(Axis(0));
                Ok(apart.mapv(|x| x.abs().min(1e150)).pow2().sum_axis(Axis(2)).sqrt())
            }),
        ],
    )(points)
}
