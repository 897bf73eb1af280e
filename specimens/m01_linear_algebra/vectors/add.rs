use kit::{InputError, check};

use crate::reference::m01_linear_algebra::vectors as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Add = fn(&[f64], &[f64]) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn add(x: &[f64], y: &[f64]) -> Result<Vec<f64>, InputError> {
    answering::<Add>(
        module_path!(),
        reference::add,
        &[
            wheat("by_index", "visits the entries by index", |x, y| {
                check::same_length(x.len(), y.len())?;
                let mut sum = vec![0.0; x.len()];
                for i in 0..x.len() {
                    sum[i] = y[i] + x[i];
                }
                Ok(sum)
            }),
            wheat("in_place", "copies the first and adds the second to it, from the back", |x, y| {
                check::same_length(x.len(), y.len())?;
                let mut sum = x.to_vec();
                sum.iter_mut().zip(y).rev().for_each(|(sum, y)| *sum += y);
                Ok(sum)
            }),
            wheat("minus_the_opposite", "subtracts −y", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x - -y).collect())
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |x, y| {
                Ok(x.iter().zip(y).map(|(x, y)| x + y).collect())
            }),
            chaff("pads_with_zeros", "The shorter vector is padded with zeros.", |x, y| {
                let entry = |v: &[f64], i| v.get(i).copied().unwrap_or(0.0);
                Ok((0..x.len().max(y.len())).map(|i| entry(x, i) + entry(y, i)).collect())
            }),
            chaff("appends", "Adding a vector means appending it.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok([x, y].concat())
            }),
            chaff("products_with_themselves", "Each entry is squared before the sum.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x * x + y * y).collect())
            }),
            chaff("multiplies", "Elementwise addition is the product of the entries.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| x * y).collect())
            }),
            chaff("subtracts", "The sum is y − x.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| y - x).collect())
            }),
            chaff("midpoint", "The sum is the midpoint of the two.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| (x + y) / 2.0).collect())
            }),
            chaff("total", "The sum of two vectors is a single number.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(vec![x.iter().chain(y).sum()])
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last entry.", |x, y| {
                check::same_length(x.len(), y.len())?;
                let mut sum = x.to_vec();
                for i in 0..x.len().saturating_sub(1) {
                    sum[i] += y[i];
                }
                Ok(sum)
            }),
            chaff("empty_rejected", "An empty vector is an error.", |x, y| {
                check::same_length(x.len(), y.len())?;
                check::at_least(1, x.len())?;
                reference::add(x, y)
            }),
            chaff("lengths_swapped", "The order of the lengths in the error does not matter.", |x, y| {
                check::same_length(y.len(), x.len())?;
                reference::add(x, y)
            }),
            chaff("nan_as_zero", "A NaN is a missing value and counts as 0.", |x, y| {
                check::same_length(x.len(), y.len())?;
                let known = |v: f64| if v.is_nan() { 0.0 } else { v };
                Ok(x.iter().zip(y).map(|(x, y)| known(*x) + known(*y)).collect())
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(x.iter().zip(y).map(|(x, y)| f64::from(*x as f32 + *y as f32)).collect())
            }),
            chaff("zeros", "Any vector of the right length is accepted.", |x, y| {
                check::same_length(x.len(), y.len())?;
                Ok(vec![0.0; x.len()])
            }),
            chaff("rest_of_the_fours", "The length of a long vector is a multiple of four.", |x, y| {
                let mut sum = reference::add(x, y)?;
                let end = if sum.len() < 8 { sum.len() } else { sum.len() / 4 * 4 };
                sum[end..].fill(0.0);
                Ok(sum)
            }),
        ],
    )(x, y)
}
