//! Specimens of `multinomial`.

mod descents;
mod multinomial_fit;
mod softmax;
pub mod tuned;

pub use multinomial_fit::multinomial_fit;
pub use softmax::softmax;
