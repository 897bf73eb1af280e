//! Specimens of `generation`.

mod generate;
mod next_token_probabilities;

pub use crate::reference::x4_attention::generation::{Model, Sampling};
pub use generate::generate;
pub use next_token_probabilities::next_token_probabilities;
