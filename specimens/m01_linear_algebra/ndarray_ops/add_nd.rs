use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Zip};

use crate::reference::m01_linear_algebra::ndarray_ops as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Array2<f64>, InputError>;
type AddNd = fn(ArrayView2<'_, f64>, ArrayView2<'_, f64>) -> Answer;

/// The kata, answered by a specimen.
pub fn add_nd(a: ArrayView2<'_, f64>, b: ArrayView2<'_, f64>) -> Answer {
    answering::<AddNd>(
        module_path!(),
        reference::add_nd,
        &[
            wheat("entry_by_entry", "builds the sum from its entries", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                Ok(Array2::from_shape_fn(a.dim(), |entry| a[entry] + b[entry]))
            }),
            wheat("added_to_a_copy", "adds a to a copy of b", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                let mut sum = b.to_owned();
                sum += &a;
                Ok(sum)
            }),
            wheat("zipped", "walks through both arrays at once", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                Ok(Zip::from(a).and(b).map_collect(|a, b| a + b))
            }),
            chaff("broadcast", "`+` rejects unequal shapes by itself.", |a, b| Ok(&a + &b)),
            chaff("single_row_repeated", "A matrix with one row is broadcast, as in NumPy.", |a, b| {
                if b.nrows() != 1 || a.ncols() != b.ncols() {
                    check::same_shape(a.dim(), b.dim())?;
                }
                Ok(&a + &b)
            }),
            chaff("sizes_compared", "Shapes are equal if the numbers of entries are equal.", |a, b| {
                let (left, right) = (a.dim(), b.dim());
                if a.len() != b.len() {
                    return Err(InputError::ShapeMismatch { left, right });
                }
                let b = Array2::from_shape_vec(left, b.iter().copied().collect());
                Ok(&a + &b.unwrap_or_default())
            }),
            chaff("product", "The elementwise `*` is the sum.", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                Ok(&a * &b)
            }),
            chaff(
                "memory_order",
                "Entries that are neighbors in the array are neighbors in memory.",
                |a, b| {
                    check::same_shape(a.dim(), b.dim())?;
                    let (Some(x), Some(y)) = (a.as_slice_memory_order(), b.as_slice_memory_order()) else {
                        return Ok(&a + &b);
                    };
                    let sums = x.iter().zip(y).map(|(x, y)| x + y).collect();
                    Ok(Array2::from_shape_vec(a.dim(), sums).unwrap_or_default())
                },
            ),
            chaff("contiguous_only", "Every view is contiguous.", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                let (x, y) = (a.as_slice().expect("a slice"), b.as_slice().expect("a slice"));
                let sums = x.iter().zip(y).map(|(x, y)| x + y).collect();
                Ok(Array2::from_shape_vec(a.dim(), sums).unwrap_or_default())
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                Ok((a.mapv(|x| x as f32) + b.mapv(|x| x as f32)).mapv(f64::from))
            }),
            chaff("empty_without_shape", "An array without entries has no shape.", |a, b| {
                check::same_shape(a.dim(), b.dim())?;
                Ok(if a.is_empty() { Array2::zeros((0, 0)) } else { &a + &b })
            }),
            chaff("shapes_swapped", "The order of the shapes in the error does not matter.", |a, b| {
                check::same_shape(b.dim(), a.dim())?;
                Ok(&a + &b)
            }),
            chaff("nan_as_zero", "A NaN is a missing value and counts as 0.", |a, b| {
                let known = |x: f64| if x.is_nan() { 0.0 } else { x };
                reference::add_nd(a.mapv(known).view(), b.mapv(known).view())
            }),
        ],
    )(a, b)
}
