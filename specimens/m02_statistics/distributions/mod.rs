//! Specimens of `distributions`.

mod coverage_within;
mod normal_pdf;
mod sample_normal;
mod uniform_pdf;

pub use coverage_within::coverage_within;
pub use normal_pdf::normal_pdf;
pub use sample_normal::sample_normal;
pub use uniform_pdf::uniform_pdf;
