use judge::{Answer, Broken, any, close, close_entries, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::standardize_columns;
use kit::{InputError, Matrix};
use proptest::prelude::{Just, Strategy};
use proptest::sample::select;

use super::stored::{Stored, array, matrix, stored};

/// Samples of eighths. Seven rows at most, so that no value is more than √6 deviations off.
fn samples() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::any_matrix(2..=7, 1..=3)
}

/// What came out of the kata, as a matrix of the wanted shape.
fn standardized(call: &str, x: &Matrix, by: Stored) -> Result<Matrix, Broken> {
    let z = matrix(standardize_columns(array(x, by).view()).accepted(call)?.view());
    let (got, want) = (format!("{call} = {z:?}"), format!("an array of shape {}×{}", x.rows(), x.cols()));
    judge::ensure(z.shape() == x.shape(), || Broken::answer(got, want, "One value out for each value in."))?;
    Ok(z)
}

fn column(x: &Matrix, j: usize) -> impl Iterator<Item = f64> {
    (0..x.rows()).map(move |i| x[(i, j)])
}

fn is_constant(x: &Matrix, j: usize) -> bool {
    column(x, j).all(|entry| entry == x[(0, j)])
}

/// √(mΣx² − (Σx)²) = mσ and, for each row, mx − Σx. Entries are eighths: counted in those, all sums are whole and exact.
fn exactly(x: &Matrix, j: usize) -> (f64, impl Fn(usize) -> f64) {
    let in_8ths: Vec<i128> = column(x, j).map(|entry| (8.0 * entry) as i128).collect();
    let (m, sum, squares) =
        (in_8ths.len() as i128, in_8ths.iter().sum::<i128>(), in_8ths.iter().map(|k| k * k));
    let spread = (m * squares.sum::<i128>() - sum * sum) as f64;
    (spread.sqrt(), move |i| (m * in_8ths[i] - sum) as f64)
}

/// (x − μ)/σ, and zeros for a constant column.
fn wanted(x: &Matrix) -> Matrix {
    let columns: Vec<_> = (0..x.cols()).map(|j| exactly(x, j)).collect();
    Matrix::from_fn(x.rows(), x.cols(), |i, j| {
        let (spread, off) = &columns[j];
        if *spread == 0.0 { 0.0 } else { off(i) / spread }
    })
}

/// Rounding in the mean is at most about m·ε·max|x|; σ divides it, and z ≤ √m multiplies the error of σ.
fn tolerance(x: &Matrix) -> impl Fn(usize, usize) -> f64 {
    let m = x.rows();
    move |_, j| {
        let (largest, (spread, _)) = (column(x, j).fold(0.0, |l: f64, x| l.max(x.abs())), exactly(x, j));
        let sigma = if spread == 0.0 { 1.0 } else { spread / (8.0 * m as f64) };
        rounding(4 * m + 8, (1.0 + (m as f64).sqrt()) * (1.0 + largest / sigma))
    }
}

const CALL: &str = "standardize_columns(x)";

#[test]
fn each_value_becomes_its_distance_from_the_mean_in_deviations() {
    for_all("x", samples()).holds(|x| {
        let z = standardized(CALL, x, Stored::RowByRow)?;
        let look = "z = (x − μ)/σ with the mean and the deviation of its own column; σ² is divided by m, \
                    the number of rows.";
        close_entries(CALL, &z, &wanted(x), tolerance(x), look)
    });
}

#[test]
fn each_column_has_mean_0_and_deviation_1() {
    for_all("x", samples()).holds(|x| {
        let (z, m) = (standardized(CALL, x, Stored::RowByRow)?, x.rows() as f64);
        for j in (0..x.cols()).filter(|&j| !is_constant(x, j)) {
            let (mean, square) =
                (column(&z, j).sum::<f64>() / m, column(&z, j).map(|z| z * z).sum::<f64>() / m);
            let (tolerance, shown) =
                (4.0 * tolerance(x)(0, j), format!("{CALL} = {z:?}\nwhere column {j} has"));
            let look = "Take the mean along the rows (Axis(0)), one for each column, and subtract it first.";
            close(&format!("{shown} mean"), mean, 0.0, tolerance, look)?;
            let look = "Divide by the root of the mean square, m below, not m − 1. The variance is not yet \
                        the deviation.";
            close(&format!("{shown} mean square"), square, 1.0, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_constant_column_becomes_zeros() {
    let value = select(vec![5.0, 0.0, -1.0, 0.1, 1.0 / 3.0, -0.7, 1e-9, 1e9 + 0.1]);
    for_all("value, rows, step of a second column", (value, 1..=9_usize, any::eighth())).holds(
        |&(value, m, step)| {
            let x = Matrix::from_fn(m, 2, |i, j| if j == 0 { value } else { step * i as f64 });
            let z = standardized(CALL, &x, Stored::RowByRow)?;
            let first = Matrix::from_fn(m, 1, |i, _| z[(i, 0)]);
            let look = "Where nothing varies there is nothing to divide by. The mean of equal numbers may \
                        come out rounded, and then a deviation of rounding errors is not quite 0.";
            close_entries(
                "the first column",
                &first,
                &Matrix::zeros(m, 1),
                |_, _| rounding(2 * m, value),
                look,
            )
        },
    );
}

#[test]
fn one_among_many_is_far_off() {
    for_all("m, at", (2..=200_usize, 0..200_usize)).cases(48).holds(|&(m, at)| {
        // μ = 1/m and σ² = (m − 1)/m²: the one lies √(m − 1) deviations off.
        let x = Matrix::from_fn(m, 1, |i, _| f64::from(u8::from(i == at % m)));
        let z = standardized("standardize_columns(a single 1 among zeros)", &x, Stored::RowByRow)?;
        let (far, n) = (z[(at % m, 0)], (m - 1) as f64);
        let look =
            "Of m values one may be √(m − 1) deviations off. Nothing is cut off, and every row counts.";
        close(&format!("the 1 among {m} values"), far, n.sqrt(), rounding(8 * m, n.sqrt()), look)
    });
}

#[test]
fn a_large_offset_costs_only_the_digits_it_takes() {
    // Up to 2³⁰ the sum with an eighth is exact.
    let offset = select(vec![1e6, -1e6, 1e9, -1e9, f64::from(1 << 30)]);
    for_all("x, offset", (samples(), offset)).holds(|(x, offset)| {
        let far = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + offset);
        let z = standardized("standardize_columns(x + offset)", &far, Stored::RowByRow)?;
        let look = "The mean of the squares less the square of the mean cancels here. Subtract the mean \
                    before squaring.";
        close_entries("standardize_columns(x + offset)", &z, &wanted(x), tolerance(&far), look)
    });
}

#[test]
fn the_unit_of_a_column_plays_no_part() {
    // Powers of two: the products are exact.
    let factor = select(vec![2.0, 0.5, -1.0, -4.0, 2.0_f64.powi(-40), 2.0_f64.powi(-400), 2.0_f64.powi(400)]);
    for_all("x, factor", (samples(), factor)).holds(|(x, factor)| {
        let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| factor * x[(i, j)]);
        let z = standardized("standardize_columns(factor·x)", &scaled, Stored::RowByRow)?;
        let want = wanted(x);
        let want = Matrix::from_fn(x.rows(), x.cols(), |i, j| factor.signum() * want[(i, j)]);
        let look = "Meters or millimeters, z has no unit. A small number added to σ against a division by 0 \
                    breaks that.";
        close_entries("standardize_columns(factor·x)", &z, &want, tolerance(x), look)
    });
}

#[test]
fn it_does_not_matter_how_the_array_lies_in_memory() {
    for_all("x, x is stored", (samples(), stored())).holds(|(x, by)| {
        let look = "A view need not lie row by row in memory. Let ndarray find the entries: use whole \
                    arrays, or indices.";
        close_entries(CALL, &standardized(CALL, x, *by)?, &wanted(x), tolerance(x), look)
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_its_place() {
    let inputs = any::any_matrix(1..=3, 1..=3)
        .prop_flat_map(|x| (0..x.as_slice().len(), Just(x), any::not_finite(), stored()));
    for_all("index, x, replacement, x is stored", inputs).holds(|(index, x, replacement, by)| {
        let mut with = x.clone();
        // The first one counts, whatever stands behind it.
        (*index..x.as_slice().len()).for_each(|k| with[(k / x.cols(), k % x.cols())] = *replacement);
        let look = "The first one counts, row by row: entry (i, j) of n columns has the index i·n + j, \
                    however the view is stored.";
        let want = InputError::NotFinite { name: "x", index: *index };
        let call = "standardize_columns(x with a replaced entry)";
        rejected(call, standardize_columns(array(&with, *by).view()).map(|z| matrix(z.view())), want, look)
    });
}

#[test]
fn no_row_is_too_few_and_no_column_is_not() {
    example(|| {
        for n in [0, 3] {
            let none = array(&Matrix::zeros(0, n), Stored::RowByRow);
            let call = format!("standardize_columns(x) for shape 0×{n}");
            let look = "Nothing has no mean. Look at the number of rows before dividing by it.";
            let got = standardize_columns(none.view()).map(|z| matrix(z.view()));
            rejected(&call, got, InputError::TooFew { got: 0, wanted: 1 }, look)?;
        }
        let none = Matrix::zeros(3, 0);
        standardized("standardize_columns(x) for shape 3×0", &none, Stored::RowByRow).map(|_| ())
    });
}
