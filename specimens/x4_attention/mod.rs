//! Specimens of the fourth extra milestone.

pub mod block;
pub mod cache;
pub mod generation;
pub mod gpt;

mod planned;
