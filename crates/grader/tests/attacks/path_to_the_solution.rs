//! Leads a module to the reference.
//! dot: does not compile
//! others: does not compile
//! enforced: the file

#[path = "../../../solutions/m01_linear_algebra/vectors.rs"]
mod reference;

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    reference::dot(x, y)
}
