//! Forks without end.
//! dot: broken
//! others: holds
//! enforced: the file

unsafe extern "C" {
    fn fork() -> i32;
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    for _ in 0..100_000 {
        unsafe { fork() };
    }
    Ok(0.0)
}
