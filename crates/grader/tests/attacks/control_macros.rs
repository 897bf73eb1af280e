//! Right, with macros of the libraries and a field named `path`.
//! dot: holds
//! others: holds

use ndarray::{Array1, ArrayView1, azip, s};

struct Walk {
    path: f64,
}

pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    let (left, right) = (x.len(), y.len());
    if left != right {
        return Err(InputError::LengthMismatch { left, right });
    }
    let mut products = Array1::<f64>::zeros(left);
    azip!((product in &mut products, &x in &ArrayView1::from(x), &y in &ArrayView1::from(y)) *product = x * y);
    let walk = Walk { path: products.slice(s![..]).sum() };
    Ok(walk.path)
}
