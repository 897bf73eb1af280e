//! Specimens of `table`.

mod load;
mod loader;

pub use load::load;
