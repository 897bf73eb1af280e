//! Specimens of `optimizers`.

mod adam;
mod moments;
mod momentum;
mod walk;

pub use adam::adam;
pub use momentum::momentum;
