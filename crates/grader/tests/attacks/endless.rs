//! Does not end.
//! dot: broken
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    loop {
        std::hint::black_box((x, y));
    }
}
