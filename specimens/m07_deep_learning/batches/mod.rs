//! Specimens of `batches`.

mod shuffled_batches;

pub use shuffled_batches::shuffled_batches;
