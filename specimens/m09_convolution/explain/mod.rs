//! Specimens of `explain`.

mod explain_convolution;

pub use explain_convolution::explain_convolution;
