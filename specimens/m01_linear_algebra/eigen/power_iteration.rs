use kit::{Generator, InputError, Matrix};
use nalgebra::DVector;

use crate::reference::m01_linear_algebra::eigen as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

use super::iterations::{
    Pair, at_least_50, column_by_column, dense, first_residual, from_anywhere, greatest_number, iterate,
    last_pair_named, mirrored_start, nearly_isotropic, one_more, until_the_value_rests, usable,
};
use super::mirrored;

type PowerIteration = fn(&Matrix, f64, usize, &mut Generator) -> Result<Pair, InputError>;

/// The kata, answered by a specimen.
pub fn power_iteration(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    answering::<PowerIteration>(
        module_path!(),
        reference::power_iteration,
        &[
            wheat(
                "with_nalgebra",
                "computes with vectors and matrix of nalgebra",
                |matrix, tolerance, steps, generator| {
                    from_anywhere(matrix, tolerance, steps, generator, DVector::normalize)
                },
            ),
            wheat(
                "by_the_largest_entry",
                "divides by the largest entry in each step, by the norm at the end",
                |matrix, tolerance, steps, generator| {
                    from_anywhere(matrix, tolerance, steps, generator, |v| v / v.amax())
                },
            ),
            wheat("mirrored_start", "starts from another vector, and negates the result", mirrored_start),
            wheat(
                "nearly_isotropic",
                "starts in a nearly uniform direction, and scales the matrix by its largest entry",
                nearly_isotropic,
            ),
            chaff(
                "starts_with_ones",
                "The initial vector (1, 1, …) works for every matrix.",
                |matrix, tolerance, steps, _| {
                    usable(matrix, tolerance)?;
                    iterate(
                        &dense(matrix),
                        DVector::repeat(matrix.rows(), 1.0),
                        tolerance,
                        steps,
                        DVector::normalize,
                    )
                },
            ),
            chaff(
                "starts_with_e1",
                "The initial vector (1, 0, …) works for every matrix.",
                |matrix, tolerance, steps, _| {
                    usable(matrix, tolerance)?;
                    let start = DVector::from_fn(matrix.rows(), |i, _| f64::from(i == 0));
                    iterate(&dense(matrix), start, tolerance, steps, DVector::normalize)
                },
            ),
            chaff("sign_lost", "The norm of Av is the eigenvalue.", |matrix, tolerance, steps, generator| {
                let (value, v) = reference::power_iteration(matrix, tolerance, steps, generator)?;
                Ok((value.abs(), v))
            }),
            chaff(
                "stops_when_the_value_rests",
                "If the eigenvalue has converged, the eigenvector has converged too.",
                until_the_value_rests,
            ),
            chaff(
                "no_length",
                "The eigenvector need not be normalized.",
                |matrix, tolerance, steps, generator| {
                    let (value, v) = reference::power_iteration(matrix, tolerance, steps, generator)?;
                    Ok((value, v.iter().map(|v| value * v).collect()))
                },
            ),
            chaff(
                "absolute_tolerance",
                "The tolerance is absolute, not relative to the eigenvalue.",
                |matrix, tolerance, steps, generator| {
                    let size = matrix.as_slice().iter().fold(0.0_f64, |size, x| size.max(x.abs()));
                    let tolerance = if size > 0.0 && tolerance > 0.0 { tolerance / size } else { tolerance };
                    reference::power_iteration(matrix, tolerance, steps, generator)
                },
            ),
            chaff(
                "largest_number",
                "The dominant eigenvalue is the largest one, not the one of largest absolute value.",
                greatest_number,
            ),
            chaff(
                "smallest",
                "Iterating with the inverse gives the dominant eigenvalue.",
                |matrix, tolerance, steps, generator| {
                    let (_, v) = reference::power_iteration(matrix, tolerance, steps, generator)?;
                    let eigen = dense(matrix).symmetric_eigen();
                    let least = eigen.eigenvalues.iter().copied().min_by(|a, b| a.abs().total_cmp(&b.abs()));
                    Ok((least.unwrap_or(f64::INFINITY), v))
                },
            ),
            chaff(
                "gives_what_it_has",
                "The result of the last iteration may be returned without convergence.",
                |matrix, tolerance, steps, generator| {
                    reference::power_iteration(matrix, tolerance, steps, generator).or_else(|error| {
                        match error {
                            InputError::NotConverged { .. } => Ok((matrix[(0, 0)], vec![1.0; matrix.rows()])),
                            other => Err(other),
                        }
                    })
                },
            ),
            chaff(
                "never_gives_up",
                "The iteration always converges in the end.",
                |matrix, tolerance, steps, generator| {
                    reference::power_iteration(matrix, tolerance, 10 * steps, generator)
                },
            ),
            chaff("zero_over_zero", "The norm of Av is never 0.", |matrix, tolerance, steps, generator| {
                let (value, v) = reference::power_iteration(matrix, tolerance, steps, generator)?;
                Ok((value, if value == 0.0 { vec![f64::NAN; v.len()] } else { v }))
            }),
            chaff(
                "half_is_enough",
                "Reading only the upper triangle makes the check for symmetry unnecessary.",
                |matrix, tolerance, steps, generator| {
                    reference::power_iteration(&mirrored(matrix), tolerance, steps, generator)
                },
            ),
            chaff(
                "square_by_itself",
                "The shape needs no check: the product fails anyway.",
                |matrix, tolerance, steps, generator| {
                    let (rows, cols) = matrix.shape();
                    if rows != cols {
                        return Ok((0.0, vec![0.0; rows]));
                    }
                    reference::power_iteration(matrix, tolerance, steps, generator)
                },
            ),
            chaff(
                "empty_is_zero",
                "The eigenvalue of an empty matrix is 0.",
                |matrix, tolerance, steps, generator| {
                    if matrix.shape() == (0, 0) {
                        return Ok((0.0, vec![]));
                    }
                    reference::power_iteration(matrix, tolerance, steps, generator)
                },
            ),
            chaff(
                "any_tolerance",
                "A tolerance of 0 or below asks for the best possible result.",
                |matrix, tolerance, steps, generator| {
                    reference::power_iteration(
                        matrix,
                        if tolerance > 0.0 { tolerance } else { 1e-9 },
                        steps,
                        generator,
                    )
                },
            ),
            chaff(
                "own_seed",
                "The function may seed a generator of its own.",
                |matrix, tolerance, steps, _| {
                    reference::power_iteration(matrix, tolerance, steps, &mut Generator::from_seed(3))
                },
            ),
            chaff(
                "nearly_symmetric",
                "A difference below 10⁻¹² between mirror images is a rounding error.",
                |matrix, tolerance, steps, generator| {
                    let upper = mirrored(matrix);
                    let pairs = upper.as_slice().iter().zip(matrix.as_slice());
                    let near = upper.shape() == matrix.shape()
                        && pairs.map(|(a, b)| (a - b).abs()).all(|apart| apart < 1e-12);
                    reference::power_iteration(
                        if near { &upper } else { matrix },
                        tolerance,
                        steps,
                        generator,
                    )
                },
            ),
            chaff("last_pair_named", "The error may name any pair of entries that differ.", last_pair_named),
            chaff(
                "last_named",
                "The index may be that of any entry that is not finite.",
                |matrix, tolerance, max_steps, g| {
                    reference::power_iteration(matrix, tolerance, max_steps, g).map_err(|rejection| {
                        match rejection {
                            InputError::NotFinite { name, index } => {
                                let last = matrix.as_slice().iter().rposition(|entry| !entry.is_finite());
                                InputError::NotFinite { name, index: last.unwrap_or(index) }
                            }
                            other => other,
                        }
                    })
                },
            ),
            chaff(
                "twice_the_residual",
                "The residual is ‖2(Av − λv)‖, like a gradient.",
                |matrix, tolerance, max_steps, g| {
                    reference::power_iteration(matrix, tolerance, max_steps, g).map_err(|rejection| {
                        match rejection {
                            InputError::NotConverged { steps, residual } => {
                                InputError::NotConverged { steps, residual: 2.0 * residual }
                            }
                            other => other,
                        }
                    })
                },
            ),
            chaff("one_more", "One update more does no harm.", one_more),
            chaff("at_least_50", "Fewer than fifty steps are too few to try.", at_least_50),
            chaff("first_residual", "The residual of the error is that of the start.", first_residual),
            chaff("column_by_column", "The first entry is the first column by column.", column_by_column),
        ],
    )(matrix, tolerance, max_steps, generator)
}
