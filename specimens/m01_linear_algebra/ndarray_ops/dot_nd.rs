use kit::{InputError, check};
use ndarray::{ArrayView1, Zip};

use crate::reference::m01_linear_algebra::ndarray_ops as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type DotNd = fn(ArrayView1<'_, f64>, ArrayView1<'_, f64>) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn dot_nd(x: ArrayView1<'_, f64>, y: ArrayView1<'_, f64>) -> Result<f64, InputError> {
    answering::<DotNd>(
        module_path!(),
        reference::dot_nd,
        &[
            wheat("multiplied_then_summed", "sums the array of the products", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok((&x * &y).sum())
            }),
            wheat("from_the_back", "sums from the last product to the first", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok((0..x.len()).rev().fold(0.0, |sum, i| sum + x[i] * y[i]))
            }),
            wheat("fused", "uses a fused multiply-add", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(Zip::from(x).and(y).fold(0.0, |sum, x, y| x.mul_add(*y, sum)))
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |x, y| {
                Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())
            }),
            chaff("broadcast", "`*` rejects unequal lengths by itself.", |x, y| Ok((&x * &y).sum())),
            chaff("left_to_the_library", "`dot` returns an error for unequal lengths.", |x, y| Ok(x.dot(&y))),
            chaff("product_of_sums", "The sum of products is the product of the sums.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.sum() * y.sum())
            }),
            chaff("with_itself", "The second vector does not affect the dot product.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.dot(&x))
            }),
            chaff(
                "memory_order",
                "Entries that are neighbors in the array are neighbors in memory.",
                |x, y| {
                    check::same_length(x.len(), y.len())?;
                    let (Some(u), Some(v)) = (x.as_slice_memory_order(), y.as_slice_memory_order()) else {
                        return Ok(x.dot(&y));
                    };
                    Ok(u.iter().zip(v).map(|(u, v)| u * v).sum())
                },
            ),
            chaff("contiguous_only", "Every view is contiguous.", |x, y| {
                check::same_length(x.len(), y.len())?;
                let (u, v) = (x.as_slice().expect("a slice"), y.as_slice().expect("a slice"));
                Ok(u.iter().zip(v).map(|(u, v)| u * v).sum())
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(f64::from(x.mapv(|x| x as f32).dot(&y.mapv(|y| y as f32))))
            }),
            chaff("mean_of_products", "The dot product is the mean of the products.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.dot(&y) / x.len().max(1) as f64)
            }),
            chaff("empty_rejected", "An empty vector has no dot product.", |x, y| {
                check::same_length(x.len(), y.len())?;
                check::at_least(1, x.len())?;
                Ok(x.dot(&y))
            }),
            chaff("mean_of_nothing", "The mean times n is the sum, also for n = 0.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok((&x * &y).mean().unwrap_or(f64::NAN) * x.len() as f64)
            }),
            chaff("lengths_swapped", "The order of the lengths in the error does not matter.", |x, y| {
                check::same_length(y.len(), x.len())?;
                Ok(x.dot(&y))
            }),
            chaff("zeros_skipped", "0 times anything is 0, also 0 · NaN.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(Zip::from(x).and(y).fold(0.0, |sum, x, y| if *y == 0.0 { sum } else { sum + x * y }))
            }),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x * y).filter(|term| !term.is_nan()).sum())
            }),
            chaff("strided_in_single", "A view that is not contiguous is copied as f32.", |x, y| {
                if x.len() > 1 && x.strides()[0] != 1 {
                    reference::dot_nd(x.mapv(|x| f64::from(x as f32)).view(), y)
                } else {
                    reference::dot_nd(x, y)
                }
            }),
        ],
    )(x, y)
}
