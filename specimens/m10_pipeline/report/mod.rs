//! Specimens of `report`.

mod figures;
mod write_notebook;

pub use figures::figures;
pub use write_notebook::write_notebook;
