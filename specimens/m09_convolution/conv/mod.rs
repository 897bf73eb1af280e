//! Specimens of `conv`.

mod conv2d;
mod output_size;
pub mod tuned;

pub use conv2d::conv2d;
pub use output_size::output_size;
