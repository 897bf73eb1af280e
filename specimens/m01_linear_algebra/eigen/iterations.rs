//! Power iterations that are written otherwise, right ones and wrong ones.

use kit::{Generator, InputError, Matrix};
use nalgebra::{DMatrix, DVector};

use crate::reference::m01_linear_algebra::eigen as reference;

pub(super) type Pair = (f64, Vec<f64>);

/// Rejects what the reference rejects before its first step.
pub(super) fn usable(matrix: &Matrix, tolerance: f64) -> Result<(), InputError> {
    match reference::power_iteration(matrix, tolerance, 0, &mut Generator::from_seed(0)) {
        Ok(_) | Err(InputError::NotConverged { .. }) => Ok(()),
        Err(rejection) => Err(rejection),
    }
}

pub(super) fn dense(matrix: &Matrix) -> DMatrix<f64> {
    DMatrix::from_row_slice(matrix.rows(), matrix.cols(), matrix.as_slice())
}

pub(super) fn iterate(
    a: &DMatrix<f64>,
    start: DVector<f64>,
    tolerance: f64,
    max_steps: usize,
    shrink: fn(&DVector<f64>) -> DVector<f64>,
) -> Result<(f64, Vec<f64>), InputError> {
    let (mut v, mut steps) = (start, 0);
    loop {
        let unit = v.normalize();
        let image = a * &unit;
        let value = unit.dot(&image);
        let residual = (&image - &unit * value).norm();
        if residual <= tolerance * value.abs() {
            return Ok((value, unit.as_slice().to_vec()));
        }
        if steps == max_steps {
            return Err(InputError::NotConverged { steps, residual });
        }
        v = shrink(&image);
        steps += 1;
    }
}

pub(super) fn from_anywhere(
    matrix: &Matrix,
    tolerance: f64,
    steps: usize,
    generator: &mut Generator,
    shrink: fn(&DVector<f64>) -> DVector<f64>,
) -> Result<Pair, InputError> {
    usable(matrix, tolerance)?;
    let start = DVector::from_fn(matrix.rows(), |_, _| generator.uniform_in(-1.0, 1.0));
    iterate(&dense(matrix), start, tolerance, steps, shrink)
}

pub(super) fn mirrored_start(
    matrix: &Matrix,
    tolerance: f64,
    steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    usable(matrix, tolerance)?;
    // Uniform on a cube that is not centered, drawn from the last entry to the first.
    let mut start: Vec<f64> = (0..matrix.rows()).map(|_| generator.uniform_in(-2.0, 1.0)).collect();
    start.reverse();
    let (value, v) = iterate(&dense(matrix), DVector::from_vec(start), tolerance, steps, DVector::normalize)?;
    Ok((value, v.iter().map(|v| -v).collect()))
}

pub(super) fn nearly_isotropic(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    usable(matrix, tolerance)?;
    let n = matrix.rows();
    let scale = matrix.as_slice().iter().fold(0.0_f64, |scale, x| scale.max(x.abs()));
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let a = dense(matrix) / scale;
    // Sums of uniform numbers are nearly normal, so that no direction is much more likely than another.
    let nearly_normal = |_, _| (0..4).map(|_| generator.uniform_in(-1.0, 1.0)).sum::<f64>();
    let mut v = DVector::from_fn(n, nearly_normal).normalize();
    let mut steps = 0;
    loop {
        let image = &a * &v;
        let value = image.dot(&v);
        let residual = (&image - value * &v).norm();
        if residual <= tolerance * value.abs() {
            return Ok((scale * value, v.as_slice().to_vec()));
        }
        if steps == max_steps {
            return Err(InputError::NotConverged { steps, residual: scale * residual });
        }
        (v, steps) = (image.normalize(), steps + 1);
    }
}

pub(super) fn until_the_value_rests(
    matrix: &Matrix,
    tolerance: f64,
    steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    usable(matrix, tolerance)?;
    let (a, mut last) = (dense(matrix), f64::INFINITY);
    let mut v = DVector::from_fn(matrix.rows(), |_, _| generator.uniform_in(-1.0, 1.0)).normalize();
    for _ in 0..=steps {
        let image = &a * &v;
        let value = v.dot(&image);
        if (value - last).abs() <= tolerance * value.abs() || image.norm() == 0.0 {
            return Ok((value, v.as_slice().to_vec()));
        }
        (last, v) = (value, image.normalize());
    }
    Err(InputError::NotConverged { steps, residual: 1.0 })
}

pub(super) fn greatest_number(
    matrix: &Matrix,
    tolerance: f64,
    steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    usable(matrix, tolerance)?;
    // Shifted far up, the greatest is also the largest in size.
    let n = matrix.rows();
    let shift: f64 = matrix.as_slice().iter().map(|x| x.abs()).sum();
    let shifted = Matrix::from_fn(n, n, |i, j| matrix[(i, j)] + if i == j { shift } else { 0.0 });
    let (value, v) = reference::power_iteration(&shifted, tolerance, 10 * steps, generator)?;
    Ok((value - shift, v))
}

/// The answer after other numbers of steps.
fn with_other_steps(
    matrix: &Matrix,
    tolerance: f64,
    [max_steps, said]: [usize; 2],
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    match reference::power_iteration(matrix, tolerance, max_steps, generator) {
        Err(InputError::NotConverged { residual, .. }) => {
            Err(InputError::NotConverged { steps: said, residual })
        }
        answer => answer,
    }
}

pub(super) fn one_more(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    with_other_steps(matrix, tolerance, [max_steps + 1, max_steps], generator)
}

pub(super) fn at_least_50(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    with_other_steps(matrix, tolerance, [max_steps.max(50), max_steps], generator)
}

pub(super) fn first_residual(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    let start = reference::power_iteration(matrix, tolerance, 0, &mut generator.clone());
    match (reference::power_iteration(matrix, tolerance, max_steps, generator), start) {
        (Err(InputError::NotConverged { steps, .. }), Err(InputError::NotConverged { residual, .. })) => {
            Err(InputError::NotConverged { steps, residual })
        }
        (answer, _) => answer,
    }
}

pub(super) fn column_by_column(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    reference::power_iteration(matrix, tolerance, max_steps, generator).map_err(|rejection| match rejection {
        InputError::NotSymmetric { .. } => {
            let mut above = (0..matrix.rows()).flat_map(|col| (0..col).map(move |row| (row, col)));
            let (row, col) = above.find(|&(i, j)| matrix[(i, j)] != matrix[(j, i)]).unwrap_or_default();
            InputError::NotSymmetric { row, col }
        }
        other => other,
    })
}

pub(super) fn last_pair_named(
    matrix: &Matrix,
    tolerance: f64,
    max_steps: usize,
    generator: &mut Generator,
) -> Result<Pair, InputError> {
    reference::power_iteration(matrix, tolerance, max_steps, generator).map_err(|rejection| match rejection {
        InputError::NotSymmetric { row, col } => {
            let n = matrix.rows();
            let mut above = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
            let last = above.rfind(|&(i, j)| matrix[(i, j)] != matrix[(j, i)]);
            let (row, col) = last.unwrap_or((row, col));
            InputError::NotSymmetric { row, col }
        }
        other => other,
    })
}
