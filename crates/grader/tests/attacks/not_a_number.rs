//! NaN.
//! dot: broken
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    Ok(f64::NAN)
}
