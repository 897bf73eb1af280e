//! Links a library that holds the reference.
//! dot: does not compile
//! others: does not compile
//! enforced: the file

extern crate katas as reference;

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    reference::m01_linear_algebra::vectors::dot(x, y)
}
