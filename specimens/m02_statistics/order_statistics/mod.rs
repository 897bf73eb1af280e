//! Specimens of `order_statistics`.

mod median;
mod quantile;

pub use median::median;
pub use quantile::quantile;
