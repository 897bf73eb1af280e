//! Specimens of `vectors`.

mod add;
mod cosine_similarity;
mod dot;
mod norm;
mod scale;
pub mod tuned;

pub use add::add;
pub use cosine_similarity::cosine_similarity;
pub use dot::dot;
pub use norm::norm;
pub use scale::scale;
