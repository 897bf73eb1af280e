mod fit;
mod mean_squared_error;
mod mse_gradient;
mod predict;

use kit::Matrix;

/// The mean squared error as a function of (w, b) in one row.
fn mean_square(x: &Matrix, y: &[f64], parameters: &[f64]) -> f64 {
    let (b, w) = parameters.split_last().unwrap_or((&0.0, &[]));
    let predicted = super::draw::linear(x, w, *b);
    y.iter().zip(predicted).map(|(y, p)| (p - y).powi(2)).sum::<f64>() / y.len() as f64
}
