//! Specimens of `order_statistics`.

mod median;
mod quantile;
pub mod tuned;

pub use median::median;
pub use quantile::quantile;

fn sorted(x: &[f64]) -> Vec<f64> {
    let mut sorted = x.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}
