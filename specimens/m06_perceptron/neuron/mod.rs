//! Specimens of `neuron`.

mod backward;
mod forward;
mod loss;

pub use backward::backward;
pub use forward::forward;
pub use loss::loss;
