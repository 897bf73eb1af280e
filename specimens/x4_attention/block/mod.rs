//! Specimens of `block`.

mod transformer_block;

pub use transformer_block::TransformerBlock;
