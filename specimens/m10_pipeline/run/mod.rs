//! Specimens of `run`.

mod run;

pub use run::run;
