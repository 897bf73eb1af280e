//! Specimens of `neuron`.

mod backward;
mod forward;
mod loss;

pub use backward::backward;
pub use forward::forward;
pub use loss::loss;

fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}
