//! Specimens of `optimizer`.

mod adamw_step;
mod clip_gradients;
mod stepping;
mod warmup_cosine;

pub use crate::reference::x3_regularization::optimizer::{AdamW, AdamWState};
pub use adamw_step::adamw_step;
pub use clip_gradients::clip_gradients;
pub use warmup_cosine::warmup_cosine;
