//! Specimens of `run`.

#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod run;

pub use run::run;
