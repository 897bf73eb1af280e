//! Specimens of `model`.

mod evaluate;
mod train;

pub use evaluate::evaluate;
pub use train::train;
