//! Specimens of `schedule`.

mod cosine_rate;

pub use cosine_rate::cosine_rate;
