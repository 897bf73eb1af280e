//! Specimens of `cache`.

mod cached_step;

pub use crate::reference::x4_attention::cache::KvCache;
pub use cached_step::cached_step;
