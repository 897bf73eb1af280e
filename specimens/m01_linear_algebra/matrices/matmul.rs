use kit::{InputError, Matrix, check};

use super::{flipped, strassen, tuned};
use crate::reference::m01_linear_algebra::matrices as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Matmul = fn(&Matrix, &Matrix) -> Result<Matrix, InputError>;

/// The kata, answered by a specimen.
pub fn matmul(a: &Matrix, b: &Matrix) -> Result<Matrix, InputError> {
    answering::<Matmul>(
        module_path!(),
        reference::matmul,
        &[
            wheat(
                "entry_by_entry",
                "computes one entry after the other, from the last term to the first",
                |a, b| {
                    check::product_shapes(a.shape(), b.shape())?;
                    let entry = |i, j| (0..a.cols()).rev().map(|k| a[(i, k)] * b[(k, j)]).sum();
                    Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
                },
            ),
            wheat(
                "rows_times_rows",
                "transposes B first, so that both factors are read along rows",
                |a, b| {
                    check::product_shapes(a.shape(), b.shape())?;
                    let b = flipped(b);
                    let dot = |i, j| {
                        a.row(i).iter().zip(b.row(j)).fold(0.0, |sum, (a, b): (&f64, _)| a.mul_add(*b, sum))
                    };
                    Ok(Matrix::from_fn(a.rows(), b.rows(), dot))
                },
            ),
            wheat("sum_of_outer_products", "adds column k of A times row k of B", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let mut sum = Matrix::zeros(a.rows(), b.cols());
                for k in 0..a.cols() {
                    for j in 0..b.cols() {
                        for i in 0..a.rows() {
                            sum[(i, j)] += a[(i, k)] * b[(k, j)];
                        }
                    }
                }
                Ok(sum)
            }),
            wheat("in_blocks", "adds the products of blocks of three columns", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let mut sum = Matrix::zeros(a.rows(), b.cols());
                for start in (0..a.cols()).step_by(3) {
                    let block = start..a.cols().min(start + 3);
                    let part = |i, j| block.clone().map(|k| a[(i, k)] * b[(k, j)]).sum::<f64>();
                    sum = Matrix::from_fn(a.rows(), b.cols(), |i, j| sum[(i, j)] + part(i, j));
                }
                Ok(sum)
            }),
            wheat("seven_products", "saves one multiplication in eight (Strassen)", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                Ok(strassen::product(a, b))
            }),
            wheat(
                "split_in_quarters",
                "splits the longest side in two until single numbers are left",
                |a, b| {
                    check::product_shapes(a.shape(), b.shape())?;
                    let mut product = Matrix::zeros(a.rows(), b.cols());
                    quarters(a, b, &mut product, [0..a.rows(), 0..a.cols(), 0..b.cols()]);
                    Ok(product)
                },
            ),
            wheat("tuned", "runs along rows of B and of the product, which are contiguous", tuned::matmul),
            chaff("entry_by_entry_product", "The matrix product is the elementwise product.", |a, b| {
                let (left, right) = (a.shape(), b.shape());
                check::same_shape(left, right)?;
                Ok(Matrix::from_fn(left.0, left.1, |i, j| a[(i, j)] * b[(i, j)]))
            }),
            chaff("rows_of_b", "Entry (i, j) is row i of A times row j of B.", |a, b| {
                check::product_shapes(a.shape(), (b.cols(), b.rows()))?;
                reference::matmul(a, &flipped(b))
            }),
            chaff("i_and_j_swapped", "The column index comes first.", |a, b| {
                Ok(flipped(&reference::matmul(a, b)?))
            }),
            chaff("factors_swapped", "The matrix product is commutative.", |a, b| reference::matmul(b, a)),
            chaff("only_square", "Only square matrices can be multiplied.", |a, b| {
                let (left, right) = (a.shape(), b.shape());
                if left.0 == left.1 && left == right {
                    reference::matmul(a, b)
                } else {
                    Err(InputError::ShapeMismatch { left, right })
                }
            }),
            chaff("as_if_square", "All three dimensions equal the number of rows of A.", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let n = a.rows();
                let entry = |i, j| (0..n).map(|k| a.as_slice()[i * n + k] * b.as_slice()[k * n + j]).sum();
                Ok(Matrix::from_fn(n, n, entry))
            }),
            chaff("starts_over", "Missing rows of B are taken again from its first row.", |a, b| {
                if b.rows() == 0 {
                    return reference::matmul(a, b);
                }
                let entry = |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k % b.rows(), j)]).sum();
                Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |a, b| {
                let n = a.cols().min(b.rows());
                let entry = |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum();
                Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
            }),
            chaff("column_major", "Matrices are stored in column-major order.", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let n = b.rows();
                let entry = |i, j| (0..n).map(|k| a[(i, k)] * b.as_slice()[j * n + k]).sum();
                Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
            }),
            chaff("shape_swapped", "The product has as many rows as B has columns.", |a, b| {
                let product = reference::matmul(a, b)?;
                Matrix::new(product.cols(), product.rows(), product.as_slice().to_vec())
            }),
            chaff("overwritten", "An entry of the product is the last term, not the sum.", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let entry = |i, j| (0..a.cols()).fold(0.0, |_, k| a[(i, k)] * b[(k, j)]);
                Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
            }),
            chaff("sum_runs_on", "The accumulator need not be reset to 0 for the next entry.", |a, b| {
                let mut sums = reference::matmul(a, b)?;
                for i in 0..sums.rows() {
                    for j in 1..sums.cols() {
                        sums[(i, j)] += sums[(i, j - 1)];
                    }
                }
                Ok(sums)
            }),
            chaff("rest_of_the_blocks", "The inner dimension is a multiple of the block size.", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let n = if a.cols() < 8 { a.cols() } else { a.cols() / 8 * 8 };
                let entry = |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum();
                Ok(Matrix::from_fn(a.rows(), b.cols(), entry))
            }),
            chaff("empty_rejected", "A product with an empty matrix is an error.", |a, b| {
                let empty = a.as_slice().is_empty() || b.as_slice().is_empty();
                if empty { Err(InputError::TooFew { got: 0, wanted: 1 }) } else { reference::matmul(a, b) }
            }),
            chaff(
                "empty_sum_is_empty",
                "A product over an inner dimension of 0 is an empty matrix.",
                |a, b| {
                    let product = reference::matmul(a, b)?;
                    Ok(if a.cols() == 0 { Matrix::zeros(0, 0) } else { product })
                },
            ),
            chaff("zeros_skipped", "0 times anything is 0, also 0 · NaN.", |a, b| {
                check::product_shapes(a.shape(), b.shape())?;
                let inner =
                    |i, j| (0..a.cols()).filter(|&k| a[(i, k)] != 0.0).map(|k| a[(i, k)] * b[(k, j)]).sum();
                Ok(Matrix::from_fn(a.rows(), b.cols(), inner))
            }),
            chaff("inner_sizes_only", "The error contains only the two dimensions that differ.", |a, b| {
                let (left, right) = (a.cols(), b.rows());
                reference::matmul(a, b).map_err(|_| InputError::LengthMismatch { left, right })
            }),
            chaff("shapes_swapped", "The order of the shapes in the error does not matter.", |a, b| {
                let (left, right) = (b.shape(), a.shape());
                reference::matmul(a, b).map_err(|_| InputError::ShapeMismatch { left, right })
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |a, b| {
                let product = reference::matmul(a, b)?;
                Ok(Matrix::from_fn(a.rows(), b.cols(), |i, j| f64::from(product[(i, j)] as f32)))
            }),
            chaff("rest_of_the_block_rows", "The number of rows is a multiple of the block.", |a, b| {
                let product = reference::matmul(a, b)?;
                let end = |n: usize| if n < 32 { n } else { n / 32 * 32 };
                let within = |i: usize, j: usize| i < end(a.rows()) && j < b.cols();
                let shown = |i: usize, j: usize| if within(i, j) { product[(i, j)] } else { 0.0 };
                Ok(Matrix::from_fn(a.rows(), b.cols(), shown))
            }),
            chaff(
                "rest_of_the_block_columns",
                "The number of columns is a multiple of the block.",
                |a, b| {
                    let product = reference::matmul(a, b)?;
                    let end = |n: usize| if n < 32 { n } else { n / 32 * 32 };
                    let within = |i: usize, j: usize| i < a.rows() && j < end(b.cols());
                    let shown = |i: usize, j: usize| if within(i, j) { product[(i, j)] } else { 0.0 };
                    Ok(Matrix::from_fn(a.rows(), b.cols(), shown))
                },
            ),
            chaff("squared_by_entry", "The square of a matrix has the squares of its entries.", |a, b| {
                if a.rows() > 1 && a == b {
                    Ok(Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] * a[(i, j)]))
                } else {
                    reference::matmul(a, b)
                }
            }),
            chaff("large_in_f32", "Large products need single precision (f32) only.", |a, b| {
                if a.rows() * a.cols() * b.cols() <= 500 {
                    return reference::matmul(a, b);
                }
                let single =
                    |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| f64::from(x[(i, j)] as f32));
                reference::matmul(&single(a), &single(b))
            }),
        ],
    )(a, b)
}

/// Adds A·B of these ranges of rows, terms and columns to the product.
fn quarters(a: &Matrix, b: &Matrix, product: &mut Matrix, ranges: [std::ops::Range<usize>; 3]) {
    let longest = (0..3).max_by_key(|&side| ranges[side].len()).unwrap_or(0);
    match ranges[longest].len() {
        0 => {}
        1 if ranges.iter().any(std::ops::Range::is_empty) => {}
        1 => {
            let (i, k, j) = (ranges[0].start, ranges[1].start, ranges[2].start);
            product[(i, j)] = a[(i, k)].mul_add(b[(k, j)], product[(i, j)]);
        }
        length => {
            let middle = ranges[longest].start + length / 2;
            let (mut first, mut last) = (ranges.clone(), ranges);
            (first[longest].end, last[longest].start) = (middle, middle);
            quarters(a, b, product, last);
            quarters(a, b, product, first);
        }
    }
}
