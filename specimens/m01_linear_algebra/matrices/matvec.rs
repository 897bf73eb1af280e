use kit::{InputError, Matrix, check};

use super::flipped;
use crate::reference::m01_linear_algebra::matrices as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Matvec = fn(&Matrix, &[f64]) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn matvec(a: &Matrix, x: &[f64]) -> Result<Vec<f64>, InputError> {
    answering::<Matvec>(
        module_path!(),
        reference::matvec,
        &[
            wheat("sum_of_columns", "adds up the columns of A, each times its entry of x", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let mut sum = vec![0.0; a.rows()];
                for (j, x) in x.iter().enumerate() {
                    for i in 0..a.rows() {
                        sum[i] += x * a[(i, j)];
                    }
                }
                Ok(sum)
            }),
            wheat("fused_from_the_back", "runs backwards with a fused multiply-add", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let entry = |i| (0..x.len()).rev().fold(0.0, |sum, j| x[j].mul_add(a[(i, j)], sum));
                Ok((0..a.rows()).map(entry).collect())
            }),
            wheat("through_the_memory", "goes once through the memory of A", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let mut product = vec![0.0; a.rows()];
                for (place, entry) in a.as_slice().iter().enumerate() {
                    product[place / x.len()] += entry * x[place % x.len()];
                }
                Ok(product)
            }),
            chaff("columns_times_x", "Entry i is the dot product of column i with x.", |a, x| {
                check::product_shapes((a.cols(), a.rows()), (x.len(), 1))?;
                reference::matvec(&flipped(a), x)
            }),
            chaff("column_major", "Matrices are stored in column-major order.", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let m = a.rows();
                Ok((0..m).map(|i| (0..x.len()).map(|j| a.as_slice()[j * m + i] * x[j]).sum()).collect())
            }),
            chaff("only_square", "A·x exists only for a square A.", |a, x| {
                check::product_shapes(a.shape(), (a.rows(), 1))?;
                reference::matvec(a, x)
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |a, x| {
                Ok((0..a.rows()).map(|i| a.row(i).iter().zip(x).map(|(a, x)| a * x).sum()).collect())
            }),
            chaff("starts_over", "A vector that is too short is repeated from its beginning.", |a, x| {
                if x.is_empty() {
                    return reference::matvec(a, x);
                }
                let row = |i: usize| a.row(i).iter().zip(x.iter().cycle()).map(|(a, x)| a * x).sum();
                Ok((0..a.rows()).map(row).collect())
            }),
            chaff("rows_times_one_entry", "Row i is multiplied by entry i of x only.", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let entry = |i| x.get(i).copied().unwrap_or(0.0);
                Ok((0..a.rows()).map(|i| a.row(i).iter().map(|a| a * entry(i)).sum()).collect())
            }),
            chaff("as_long_as_x", "The product has as many entries as x.", |a, x| {
                let mut product = reference::matvec(a, x)?;
                product.resize(x.len(), 0.0);
                Ok(product)
            }),
            chaff("total", "The product is a single number.", |a, x| {
                Ok(vec![reference::matvec(a, x)?.iter().sum()])
            }),
            chaff("last_term_missing", "A loop to n − 1 includes the last column.", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let n = x.len().saturating_sub(1);
                Ok((0..a.rows()).map(|i| (0..n).map(|j| a[(i, j)] * x[j]).sum()).collect())
            }),
            chaff("sum_runs_on", "The accumulator need not be reset to 0 for the next row.", |a, x| {
                let mut sum = 0.0;
                let running = |entry: &f64| {
                    sum += entry;
                    sum
                };
                Ok(reference::matvec(a, x)?.iter().map(running).collect())
            }),
            chaff(
                "chunks_of_nothing",
                "`chunks` splits the memory into rows, also if a row has no entries.",
                |a, x| {
                    check::product_shapes(a.shape(), (x.len(), 1))?;
                    Ok(a.as_slice()
                        .chunks(a.cols())
                        .map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum())
                        .collect())
                },
            ),
            chaff("no_columns_no_entries", "The product of an m×0 matrix is empty.", |a, x| {
                let product = reference::matvec(a, x)?;
                Ok(if x.is_empty() { Vec::new() } else { product })
            }),
            chaff("zeros_skipped", "0 times anything is 0, also 0 · NaN.", |a, x| {
                check::product_shapes(a.shape(), (x.len(), 1))?;
                let term = |a: f64, x: f64| if a == 0.0 || x == 0.0 { 0.0 } else { a * x };
                Ok((0..a.rows()).map(|i| a.row(i).iter().zip(x).map(|(a, x)| term(*a, *x)).sum()).collect())
            }),
            chaff("x_as_a_row", "The shape of x in the error is (1, n).", |a, x| {
                let (left, right) = (a.shape(), (1, x.len()));
                reference::matvec(a, x).map_err(|_| InputError::ShapeMismatch { left, right })
            }),
            chaff("lengths_only", "The error contains two lengths instead of two shapes.", |a, x| {
                let (left, right) = (a.cols(), x.len());
                reference::matvec(a, x).map_err(|_| InputError::LengthMismatch { left, right })
            }),
            chaff("rest_of_the_sixteens", "The number of columns is a multiple of sixteen.", |a, x| {
                let product = reference::matvec(a, x)?;
                let end = |n: usize| if n < 16 { n } else { n / 16 * 16 };
                let entry = |i: usize| a.row(i)[..end(x.len())].iter().zip(x).map(|(a, x)| a * x).sum();
                Ok(if a.cols() < 17 { product } else { (0..a.rows()).map(entry).collect() })
            }),
        ],
    )(a, x)
}
