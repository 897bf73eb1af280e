use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Axis};

use crate::reference::m01_linear_algebra::ndarray_ops as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Array2<f64>, InputError>;
type MatmulNd = fn(ArrayView2<'_, f64>, ArrayView2<'_, f64>) -> Answer;

/// The kata, answered by a specimen.
pub fn matmul_nd(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Answer {
    answering::<MatmulNd>(
        module_path!(),
        reference::matmul_nd,
        &[
            wheat("row_times_column", "each entry is a dot product", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                Ok(Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| a.row(i).dot(&b.column(j))))
            }),
            wheat("sum_of_outer_products", "adds column k of A times row k of B, last k first", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                let mut product = Array2::zeros((a.nrows(), b.ncols()));
                for k in (0..a.ncols()).rev() {
                    product += &(&a.column(k).insert_axis(Axis(1)) * &b.row(k).insert_axis(Axis(0)));
                }
                Ok(product)
            }),
            wheat("broadcast_and_sum", "an m×k×n array of all products, summed along k", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                Ok((&a.insert_axis(Axis(2)) * &b.insert_axis(Axis(0))).sum_axis(Axis(1)))
            }),
            wheat("seven_products", "saves one multiplication in eight (Strassen)", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                let half = |n: usize| n.div_ceil(2);
                let (m, k, n) = (half(a.nrows()), half(a.ncols()), half(b.ncols()));
                let quarter =
                    |of: ArrayView2<'_, f64>, (rows, cols): (usize, usize), (i, j): (usize, usize)| {
                        Array2::from_shape_fn((rows, cols), |(r, c)| {
                            of.get((i * rows + r, j * cols + c)).copied().unwrap_or(0.0)
                        })
                    };
                let [a11, a12, a21, a22] = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|at| quarter(a, (m, k), at));
                let [b11, b12, b21, b22] = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|at| quarter(b, (k, n), at));
                let products = [
                    (&a11 + &a22).dot(&(&b11 + &b22)),
                    (&a21 + &a22).dot(&b11),
                    a11.dot(&(&b12 - &b22)),
                    a22.dot(&(&b21 - &b11)),
                    (&a11 + &a12).dot(&b22),
                    (&a21 - &a11).dot(&(&b11 + &b12)),
                    (&a12 - &a22).dot(&(&b21 + &b22)),
                ];
                let [p1, p2, p3, p4, p5, p6, p7] = &products;
                let blocks = [[p1 + p4 - p5 + p7, p3 + p5], [p2 + p4, p1 - p2 + p3 + p6]];
                Ok(Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
                    blocks[i / m][j / n][(i % m, j % n)]
                }))
            }),
            chaff("entry_by_entry", "`*` is the matrix product.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                if a.dim() == b.dim() { Ok(&a * &b) } else { Ok(a.dot(&b)) }
            }),
            chaff("factors_swapped", "The matrix product is commutative.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                if b.ncols() == a.nrows() && a.is_square() { Ok(b.dot(&a)) } else { Ok(a.dot(&b)) }
            }),
            chaff("rows_times_rows", "Entry (i, j) is row i of A times row j of B.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                if a.ncols() == b.ncols() { Ok(a.dot(&b.t())) } else { Ok(a.dot(&b)) }
            }),
            chaff("result_transposed", "The product has one row per column of B.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                Ok(a.dot(&b).reversed_axes())
            }),
            chaff("square_only", "Only square matrices can be multiplied.", |a, b| {
                if a.dim() != b.dim() || !a.is_square() {
                    return Err(InputError::ShapeMismatch { left: a.dim(), right: b.dim() });
                }
                Ok(a.dot(&b))
            }),
            chaff("left_to_the_library", "`dot` returns an error for shapes that do not fit.", |a, b| {
                Ok(a.dot(&b))
            }),
            chaff("inner_sides_named", "The error contains only the two inner dimensions.", |a, b| {
                let (left, right) = ((a.ncols(), 0), (b.nrows(), 0));
                if left == right { Ok(a.dot(&b)) } else { Err(InputError::ShapeMismatch { left, right }) }
            }),
            chaff("refitted", "B may be reshaped so that it fits A.", |a, b| {
                let n = b.ncols();
                let mut flat = b.iter().copied().cycle().take(if b.is_empty() { 0 } else { a.ncols() * n });
                let refitted = Array2::from_shape_simple_fn((a.ncols(), n), || flat.next().unwrap_or(0.0));
                Ok(a.dot(&refitted))
            }),
            chaff(
                "memory_order",
                "Entries that are neighbors in the array are neighbors in memory.",
                |a, b| {
                    check::product_shapes(a.dim(), b.dim())?;
                    let relaid = |x: ArrayView2<'_, f64>| {
                        let flat = x.as_slice_memory_order().map(<[f64]>::to_vec);
                        flat.and_then(|flat| Array2::from_shape_vec(x.dim(), flat).ok())
                            .unwrap_or(x.to_owned())
                    };
                    Ok(relaid(a).dot(&relaid(b)))
                },
            ),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                Ok(a.mapv(|x| x as f32).dot(&b.mapv(|x| x as f32)).mapv(f64::from))
            }),
            chaff("empty_rejected", "A product with an empty array is an error.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                if a.is_empty() || b.is_empty() {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                }
                Ok(a.dot(&b))
            }),
            chaff("zeros_skipped", "0 times anything is 0, also 0 · NaN.", |a, b| {
                check::product_shapes(a.dim(), b.dim())?;
                let term = |i, j, k| if b[(k, j)] == 0.0 { 0.0 } else { a[(i, k)] * b[(k, j)] };
                let entry = |(i, j)| (0..a.ncols()).map(|k| term(i, j, k)).sum();
                Ok(Array2::from_shape_fn((a.nrows(), b.ncols()), entry))
            }),
            chaff(
                "zeros_on_the_left_skipped",
                "A row of B times 0 adds nothing, even if it contains NaN.",
                |a, b| {
                    check::product_shapes(a.dim(), b.dim())?;
                    let mut product = Array2::zeros((a.nrows(), b.ncols()));
                    for ((i, k), &factor) in a.indexed_iter() {
                        if factor != 0.0 {
                            product.row_mut(i).scaled_add(factor, &b.row(k));
                        }
                    }
                    Ok(product)
                },
            ),
            chaff("rest_of_the_eights", "The inner dimension is a multiple of eight.", |a, b| {
                let product = reference::matmul_nd(a, b)?;
                let end = if a.ncols() < 8 { a.ncols() } else { a.ncols() / 8 * 8 };
                let entry = |(i, j)| (0..end).map(|k| a[(i, k)] * b[(k, j)]).sum();
                Ok(if end == a.ncols() { product } else { Array2::from_shape_fn(product.dim(), entry) })
            }),
            chaff("three_hundred_terms", "A sum has at most three hundred terms.", |a, b| {
                let product = reference::matmul_nd(a, b)?;
                let entry = |(i, j)| (0..300).map(|k| a[(i, k)] * b[(k, j)]).sum();
                Ok(if a.ncols() <= 300 { product } else { Array2::from_shape_fn(product.dim(), entry) })
            }),
        ],
    )(a, b)
}
