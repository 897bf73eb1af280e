//! Floods both outputs.
//! dot: broken
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    let line = "x".repeat(1 << 16);
    for _ in 0..40 {
        println!("{line}");
        eprintln!("{line}");
    }
    Ok(0.0)
}
