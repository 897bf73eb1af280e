//! Specimens of `laws`.

mod accepts_attention;

pub use accepts_attention::accepts_attention;
