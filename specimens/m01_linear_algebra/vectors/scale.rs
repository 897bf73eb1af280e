use crate::reference::m01_linear_algebra::vectors as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Scale = fn(f64, &[f64]) -> Vec<f64>;

/// The kata, answered by a specimen.
pub fn scale(factor: f64, x: &[f64]) -> Vec<f64> {
    answering::<Scale>(
        module_path!(),
        reference::scale,
        &[
            wheat("in_place", "copies the vector and multiplies the copy, from the back", |factor, x| {
                let mut scaled = x.to_vec();
                scaled.iter_mut().rev().for_each(|entry| *entry *= factor);
                scaled
            }),
            wheat("by_index", "visits the entries by index", |factor, x| {
                (0..x.len()).map(|i| x[i] * factor).collect()
            }),
            wheat("fused_with_nothing", "adds −0 to the product in a fused multiply-add", |factor, x| {
                x.iter().map(|x| factor.mul_add(*x, -0.0)).collect()
            }),
            chaff("shifts", "Scaling adds the factor to each entry.", |factor, x| {
                x.iter().map(|x| x + factor).collect()
            }),
            chaff("shrinks", "Scaling by a divides by a.", |factor, x| {
                x.iter().map(|x| x / factor).collect()
            }),
            chaff("absolute", "A scalar factor has no sign.", |factor, x| {
                x.iter().map(|x| factor.abs() * x).collect()
            }),
            chaff("to_this_length", "The factor is the norm of the result.", |factor, x| {
                let length = reference::norm(x);
                x.iter().map(|x| if length == 0.0 { 0.0 } else { factor * x / length }).collect()
            }),
            chaff("shared_out", "The factor is divided by the number of entries.", |factor, x| {
                x.iter().map(|entry| factor * entry / x.len() as f64).collect()
            }),
            chaff("first_only", "Only the first entry is scaled.", |factor, x| {
                let mut scaled = x.to_vec();
                scaled.iter_mut().take(1).for_each(|entry| *entry *= factor);
                scaled
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last entry.", |factor, x| {
                let mut scaled = x.to_vec();
                for entry in scaled.iter_mut().take(x.len().saturating_sub(1)) {
                    *entry *= factor;
                }
                scaled
            }),
            chaff("whole_steps", "The factor is a whole number of repetitions.", |factor, x| {
                x.iter().map(|x| factor.trunc() * x).collect()
            }),
            chaff("zero_shortcut", "0 times anything is 0, also 0 · NaN.", |factor, x| {
                x.iter().map(|x| if factor == 0.0 || *x == 0.0 { 0.0 } else { factor * x }).collect()
            }),
            chaff("nan_dropped", "A NaN is a missing value and is left out.", |factor, x| {
                x.iter().filter(|x| !x.is_nan()).map(|x| factor * x).collect()
            }),
            chaff("empty_is_one_zero", "A vector has at least one entry.", |factor, x| {
                if x.is_empty() { vec![0.0] } else { reference::scale(factor, x) }
            }),
            chaff("unchanged", "Any vector of the right length is accepted.", |_, x| x.to_vec()),
            chaff("rest_of_the_fours", "The length of a long vector is a multiple of four.", |factor, x| {
                let mut scaled = reference::scale(factor, x);
                let end = if x.len() < 8 { x.len() } else { x.len() / 4 * 4 };
                scaled[end..].copy_from_slice(&x[end..]);
                scaled
            }),
            chaff("tiny_is_0", "A product below 10⁻²⁰⁰ is a rounding error.", |factor, x| {
                let scaled = reference::scale(factor, x).into_iter();
                scaled.map(|entry| if entry.abs() < 1e-200 { 0.0 } else { entry }).collect()
            }),
        ],
    )(factor, x)
}
