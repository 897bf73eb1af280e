//! Specimens of `multinomial`.

mod multinomial_fit;
mod softmax;

pub use multinomial_fit::multinomial_fit;
pub use softmax::softmax;
