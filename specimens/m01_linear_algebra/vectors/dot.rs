use kit::{InputError, check};

use super::tuned;
use crate::reference::m01_linear_algebra::vectors as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Dot = fn(&[f64], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    answering::<Dot>(
        module_path!(),
        reference::dot,
        &[
            wheat("from_the_back", "sums from the last product to the first", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok((0..x.len()).rev().fold(0.0, |sum, i| sum + x[i] * y[i]))
            }),
            wheat("fused", "uses a fused multiply-add", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).fold(0.0, |sum, (x, y): (&f64, _)| x.mul_add(*y, sum)))
            }),
            wheat("in_halves", "adds the products of both halves", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(in_halves(x, y))
            }),
            wheat("compensated", "uses compensated summation (Kahan)", |x, y| {
                check::same_length(x.len(), y.len())?;
                let (mut sum, mut lost) = (0.0, 0.0);
                for (x, y) in x.iter().zip(y) {
                    let term = x * y - lost;
                    let next: f64 = sum + term;
                    lost = (next - sum) - term;
                    sum = next;
                }
                Ok(sum)
            }),
            wheat(
                "twofold",
                "keeps the rounding error of each product and sum (Ogita, Rump and Oishi)",
                |x, y| {
                    check::same_length(x.len(), y.len())?;
                    let (mut sum, mut lost) = (0.0_f64, 0.0);
                    for (x, y) in x.iter().zip(y) {
                        let product = x * y;
                        let next = sum + product;
                        let back = next - sum;
                        lost += x.mul_add(*y, -product) + ((sum - (next - back)) + (product - back));
                        sum = next;
                    }
                    Ok(sum + lost)
                },
            ),
            wheat("tuned", "uses four independent accumulators", tuned::dot),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |x, y| {
                Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())
            }),
            chaff("product_of_sums", "The sum of products is the product of the sums.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().sum::<f64>() * y.iter().sum::<f64>())
            }),
            chaff("with_itself", "The second vector does not affect the dot product.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().map(|x| x * x).sum())
            }),
            chaff("absolute", "The terms of a dot product are never negative.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum())
            }),
            chaff("mean_of_products", "The dot product is the mean of the products.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() / x.len().max(1) as f64)
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last entry.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok((0..x.len().saturating_sub(1)).map(|i| x[i] * y[i]).sum())
            }),
            chaff("empty_rejected", "An empty vector has no dot product.", |x, y| {
                check::same_length(x.len(), y.len())?;
                check::at_least(1, x.len())?;
                reference::dot(x, y)
            }),
            chaff("lengths_swapped", "The order of the lengths in the error does not matter.", |x, y| {
                check::same_length(y.len(), x.len())?;
                reference::dot(x, y)
            }),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x * y).filter(|term| !term.is_nan()).sum())
            }),
            chaff("a_hundred_are_enough", "The terms after the hundredth are negligible.", |x, y| {
                reference::dot(x, y)?;
                let n = x.len().min(100);
                reference::dot(&x[..n], &y[..n])
            }),
            chaff("tiny_is_nothing", "A product below 10⁻¹⁵⁰ is a rounding error.", |x, y| {
                let sum = reference::dot(x, y)?;
                let terms = x.iter().zip(y).map(|(x, y)| x * y);
                Ok(if sum.is_finite() { terms.filter(|term| term.abs() > 1e-150).sum() } else { sum })
            }),
            chaff("norm_of_itself", "The dot product of a vector with itself is its norm.", |x, y| {
                let product = reference::dot(x, y)?;
                Ok(if x.len() > 1 && x == y { product.sqrt() } else { product })
            }),
        ],
    )(x, y)
}

fn in_halves(x: &[f64], y: &[f64]) -> f64 {
    match (x, y) {
        ([], []) => 0.0,
        ([x], [y]) => x * y,
        _ => {
            let middle = x.len() / 2;
            in_halves(&x[..middle], &y[..middle]) + in_halves(&x[middle..], &y[middle..])
        }
    }
}
