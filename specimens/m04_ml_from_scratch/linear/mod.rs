//! Specimens of `linear`.

mod fit;
mod mean_squared_error;
mod mse_gradient;
mod predict;
pub mod tuned;

pub use fit::fit;
pub use mean_squared_error::mean_squared_error;
pub use mse_gradient::mse_gradient;
pub use predict::predict;
