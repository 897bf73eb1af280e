//! Specimens of `attention`.

mod causal_mask;
mod multi_head_attention;
mod scaled_dot_product_attention;

pub use causal_mask::causal_mask;
pub use multi_head_attention::multi_head_attention;
pub use scaled_dot_product_attention::scaled_dot_product_attention;

pub use crate::reference::x4_attention::attention::AttentionWeights;
