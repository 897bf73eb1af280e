//! Floods both outputs without end.
//! dot: broken
//! others: holds

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    let line = "x".repeat(1 << 16);
    loop {
        println!("{line}");
        eprintln!("{line}");
    }
}
