//! Not written.
//! dot: not written
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    todo!()
}
