//! Specimens of `logistic`.

mod binary_cross_entropy;
mod fit;
mod gradient;
mod sigmoid;
pub mod tuned;

pub use binary_cross_entropy::binary_cross_entropy;
pub use fit::fit;
pub use gradient::gradient;
pub use sigmoid::sigmoid;
