//! Specimens of `checkpoint`.

mod load;
mod save;

pub use load::load;
pub use save::save;
