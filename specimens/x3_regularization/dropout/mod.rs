//! Specimens of `dropout`.

#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod dropout;

pub use dropout::dropout;
