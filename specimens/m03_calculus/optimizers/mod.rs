//! Specimens of `optimizers`.

mod adam;
mod momentum;
mod walk;

pub use adam::adam;
pub use momentum::momentum;
