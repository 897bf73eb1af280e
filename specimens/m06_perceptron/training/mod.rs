//! Specimens of `training`.

mod train;
mod update;

pub use train::train;
pub use update::update;
