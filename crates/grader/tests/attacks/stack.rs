//! Calls itself without end.
//! dot: broken
//! others: holds

fn deeper(n: u64) -> u64 {
    std::hint::black_box([n; 64]);
    1 + deeper(n + 1)
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    Ok(deeper((x.len() + y.len()) as u64) as f64)
}
