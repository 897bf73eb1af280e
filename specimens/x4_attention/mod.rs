//! Specimens of the fourth extra milestone.

pub mod attention;
pub mod block;
pub mod cache;
pub mod figures;
pub mod generation;
pub mod gpt;
pub mod laws;
pub mod positions;
pub mod tokens;

mod altered;
mod attending;
mod planned;
