//! Extra milestone 4: sequences and attention, from tokens to a GPT that is trained and generates.
//!
//! The first half is written with [`kit::Matrix`]: one token per row, one feature per column. The second half is the same
//! mathematics as candle tensors, which a gradient flows through.
//!
//! Builds on milestones 1, 2, 6 and 7.

pub mod tokens;
pub mod positions;
pub mod attention;
pub mod block;
pub mod gpt;
pub mod cache;
pub mod generation;
pub mod figures;
pub mod laws;
