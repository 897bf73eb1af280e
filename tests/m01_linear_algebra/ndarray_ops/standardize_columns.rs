use judge::any::select;
use judge::{Answer, Broken, any, close, close_entries, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::standardize_columns;
use kit::{InputError, Matrix};
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::stored::{Stored, array, matrix, stored};

/// Samples of eighths, mostly few; now and then many rows or many columns.
fn samples() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let sides = prop_oneof![
        16 => (2..=7_usize, 1..=3_usize),
        1 => (select(vec![17, 33, 65, 101, 321, 1025_usize]), 1..=3_usize),
        1 => (2..=7_usize, select(vec![17, 33, 65, 101_usize])),
        3 => (any::length(2..=7, 1025), 1..=3_usize),
        1 => (2..=7_usize, any::length(1..=3, 101)),
        1 => (8..=16_usize, 8..=16_usize),
    ];
    sides.prop_flat_map(|(m, n)| any::matrix(m, n))
}

/// Samples whose columns spread over 2 at least.
fn spread() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    samples().prop_map(|mut x| {
        (0..x.cols())
            .for_each(|j| x[(1, j)] = if x[(0, j)] < 0.0 { x[(0, j)] + 2.0 } else { x[(0, j)] - 2.0 });
        x
    })
}

/// The same without constant columns.
fn varied() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    samples().prop_map(|mut x| {
        for j in 0..x.cols() {
            if is_constant(&x, j) {
                x[(0, j)] += 1.0;
            }
        }
        x
    })
}

/// What came out of the kata, as a matrix of the wanted shape.
fn standardized(call: &str, x: &Matrix, by: Stored) -> Result<Matrix, Broken> {
    let z = matrix(standardize_columns(array(x, by).view()).accepted(call)?.view());
    let (got, want) = (format!("{call} = {z:?}"), format!("an array of shape {}×{}", x.rows(), x.cols()));
    judge::ensure(z.shape() == x.shape(), || Broken::answer(got, want, "The result has the shape of x."))?;
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
fn tolerance(x: &Matrix) -> impl Fn(usize, usize) -> f64 + use<> {
    let m = x.rows();
    let of_column = |j| {
        let (largest, (spread, _)) = (column(x, j).fold(0.0, |l: f64, x| l.max(x.abs())), exactly(x, j));
        let sigma = if spread == 0.0 { 1.0 } else { spread / (8.0 * m as f64) };
        rounding(4 * m + 8, (1.0 + (m as f64).sqrt()) * (1.0 + largest / sigma))
    };
    let tolerances: Vec<f64> = (0..x.cols()).map(of_column).collect();
    move |_, j| tolerances[j]
}

const CALL: &str = "standardize_columns(x)";

#[test]
fn computes_z_scores_of_each_column() {
    for_all("x", varied()).holds(|x| {
        let z = standardized(CALL, x, Stored::RowMajor)?;
        let look = "z = (x − μ)/σ with the mean and the standard deviation of its column; σ² is divided by \
                    m, the number of rows.";
        close_entries(CALL, &z, &wanted(x), tolerance(x), look)
    });
}

#[test]
fn gives_mean_0_and_standard_deviation_1() {
    for_all("x", varied()).holds(|x| {
        let (z, m) = (standardized(CALL, x, Stored::RowMajor)?, x.rows() as f64);
        let tolerance = tolerance(x);
        for j in 0..x.cols() {
            let (mean, square) =
                (column(&z, j).sum::<f64>() / m, column(&z, j).map(|z| z * z).sum::<f64>() / m);
            let (tolerance, shown) = (4.0 * tolerance(0, j), format!("{CALL} = {z:?}\nwhere column {j} has"));
            let look = "Take the mean over the rows (Axis(0)), one for each column, and subtract it first.";
            close(&format!("{shown} mean"), mean, 0.0, tolerance, look)?;
            let look = "Divide by the square root of the mean square, with m, not m − 1. The variance is \
                        not the standard deviation.";
            close(&format!("{shown} mean square"), square, 1.0, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::ndarray_ops::standardize_columns;
        use ndarray::array;

        let x = array![[1.0, 7.0], [3.0, 7.0]];
        assert_eq!(standardize_columns(x.view()), Ok(array![[-1.0, 0.0], [1.0, 0.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn maps_a_constant_column_to_zeros() {
        let value = select(vec![5.0, 0.0, -1.0, 0.1, 1.0 / 3.0, -0.7, 1e-9, 1e9 + 0.1]);
        for_all("value, rows, step of a second column", (value, any::length(1..=9, 257), any::eighth()))
            .holds(|&(value, m, step)| {
                let x = Matrix::from_fn(m, 2, |i, j| if j == 0 { value } else { step * i as f64 });
                let z = standardized(CALL, &x, Stored::RowMajor)?;
                let first = Matrix::from_fn(m, 1, |i, _| z[(i, 0)]);
                let look = "A constant column has σ = 0. The mean of equal numbers may be rounded, and then \
                            the computed σ consists of rounding errors and is not exactly 0.";
                close_entries(
                    "the first column",
                    &first,
                    &Matrix::zeros(m, 1),
                    |_, _| rounding(2 * m, value),
                    look,
                )
            });
    }

    #[test]
    fn standardizes_an_outlier_among_many() {
        for_all("m, at", (2..=200_usize, 0..200_usize)).cases(48).holds(|&(m, at)| {
            // μ = 1/m and σ² = (m − 1)/m²: the one lies √(m − 1) deviations off.
            let x = Matrix::from_fn(m, 1, |i, _| f64::from(u8::from(i == at % m)));
            let z = standardized("standardize_columns(a single 1 among zeros)", &x, Stored::RowMajor)?;
            let (far, n) = (z[(at % m, 0)], (m - 1) as f64);
            let look =
                "The z-score of one value among m can be √(m − 1). Nothing is clipped, and every row counts.";
            close(&format!("the 1 among {m} values"), far, n.sqrt(), rounding(8 * m, n.sqrt()), look)
        });
    }

    #[test]
    fn is_accurate_for_a_large_offset() {
        // Up to 2³⁰ the sum with an eighth is exact.
        let offset = select(vec![1e6, -1e6, 1e9, -1e9, f64::from(1 << 30)]);
        let vast = 2.0_f64.powi(38);
        let inputs = prop_oneof![4 => (samples(), offset), 1 => (spread(), select(vec![vast, -vast]))];
        for_all("x, offset", inputs).holds(|(x, offset)| {
            let far = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + offset);
            let z = standardized("standardize_columns(x + offset)", &far, Stored::RowMajor)?;
            let look = "E[x²] − E[x]² suffers from cancellation here. Subtract the mean before squaring.";
            close_entries("standardize_columns(x + offset)", &z, &wanted(x), tolerance(&far), look)
        });
    }

    #[test]
    fn does_not_depend_on_the_unit() {
        // Powers of two: the products are exact. Eighths that differ do so by 2⁻⁴⁹⁸ at least, which is 1.2·10⁻¹⁵⁰; the
        // largest is 2⁴⁹⁸.
        let powers = || (-495..=495_i32).prop_map(|k| 2.0_f64.powi(k));
        let factor = prop_oneof![select(vec![2.0, 0.5, -1.0, -4.0]), powers()];
        // The last column has a unit of its own.
        for_all("x, factor, other factor", (samples(), factor, powers())).holds(|(x, factor, other)| {
            let unit = |j: usize| if j > 0 && j + 1 == x.cols() { other * factor.signum() } else { *factor };
            let scaled = Matrix::from_fn(x.rows(), x.cols(), |i, j| unit(j) * x[(i, j)]);
            let z = standardized("standardize_columns(factor·x)", &scaled, Stored::RowMajor)?;
            let want = wanted(x);
            let want = Matrix::from_fn(x.rows(), x.cols(), |i, j| factor.signum() * want[(i, j)]);
            let look = "z has no unit. A small number added to σ against a division by 0 violates that.";
            close_entries("standardize_columns(factor·x)", &z, &want, tolerance(x), look)
        });
    }

    #[test]
    fn does_not_depend_on_the_memory_layout() {
        for_all("x, layout of x", (samples(), stored())).holds(|(x, by)| {
            let look = "A view need not be contiguous: its strides are arbitrary. Use operations on whole \
                        arrays, or indices, not the raw memory.";
            close_entries(CALL, &standardized(CALL, x, *by)?, &wanted(x), tolerance(x), look)
        });
    }

    #[test]
    fn rejects_values_that_are_not_finite() {
        let inputs = prop_oneof![1 => any::any_matrix(1..=3, 1..=3), 1 => samples()]
            .prop_flat_map(|x| (0..x.as_slice().len(), Just(x), any::not_finite(), stored()));
        for_all("index, x, replacement, layout of x", inputs).holds(|(index, x, replacement, by)| {
            let mut with = x.clone();
            // The first one counts, whatever stands behind it.
            (*index..x.as_slice().len()).for_each(|k| with[(k / x.cols(), k % x.cols())] = *replacement);
            let look = "The first one in row-major order: entry (i, j) of n columns has the index i·n + j, \
                        whatever the strides of the view are.";
            let want = InputError::NotFinite { name: "x", index: *index };
            let call = "standardize_columns(x with a replaced entry)";
            rejected(
                call,
                standardize_columns(array(&with, *by).view()).map(|z| matrix(z.view())),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_no_rows_and_accepts_no_columns() {
        example(|| {
            for n in [0, 3] {
                let none = array(&Matrix::zeros(0, n), Stored::RowMajor);
                let call = format!("standardize_columns(x) for shape 0×{n}");
                let look =
                    "The mean of no rows is undefined. Check the number of rows before dividing by it.";
                let got = standardize_columns(none.view()).map(|z| matrix(z.view()));
                rejected(&call, got, InputError::TooFew { got: 0, wanted: 1 }, look)?;
            }
            let none = Matrix::zeros(3, 0);
            standardized("standardize_columns(x) for shape 3×0", &none, Stored::RowMajor).map(|_| ())
        });
    }

    #[test]
    fn standardizes_large_arrays_with_numbers_of_every_magnitude() {
        let inputs =
            (any::size(2..=7, 129), any::size(1..=3, 33)).prop_flat_map(|(m, n)| any::matrix_of(m, n));
        for_all("x", inputs).cases(96).holds(|x| {
            let (z, m) = (standardized(CALL, x, Stored::RowMajor)?, x.rows());
            for j in 0..x.cols() {
                // Measured from the first entry: a constant column is exactly 0.
                let shifted: Vec<f64> = column(x, j).map(|entry| entry - x[(0, j)]).collect();
                let mean = shifted.iter().sum::<f64>() / m as f64;
                let sigma = (shifted.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m as f64).sqrt();
                let largest = column(x, j).fold(0.0_f64, |largest, x| largest.max(x.abs()));
                if sigma <= 1e-9 * largest {
                    // Constant, or so nearly that rounding of the mean dominates.
                    continue;
                }
                let tolerance = rounding(4 * m + 8, (1.0 + (m as f64).sqrt()) * (1.0 + largest / sigma));
                let want: Vec<f64> = shifted.iter().map(|x| (x - mean) / sigma).collect();
                let got: Vec<f64> = column(&z, j).collect();
                let look = "Every row and every column counts, in f64.";
                close(&format!("column {j} of {CALL}"), &got[..], &want[..], tolerance, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn standardizes_samples_with_constant_columns() {
        // One column is constant, or all are, and now and then there is one row only.
        let inputs =
            (prop_oneof![6 => samples(), 1 => any::any_matrix(1..=1, 1..=9)], 0..101_usize, 0..=7_u8);
        let inputs =
            inputs.prop_map(|(x, constant, all)| {
                let constant = constant % x.cols();
                Matrix::from_fn(x.rows(), x.cols(), |i, j| {
                    if all == 7 || j == constant { x[(0, j)] } else { x[(i, j)] }
                })
            });
        for_all("x", inputs).holds(|x| {
            let look = "z = (x − μ)/σ, and zeros for a constant column.";
            close_entries(CALL, &standardized(CALL, x, Stored::RowMajor)?, &wanted(x), tolerance(x), look)
        });
    }
}
