//! Aborts.
//! dot: broken
//! others: holds
//! enforced: the kata

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    std::process::abort()
}
