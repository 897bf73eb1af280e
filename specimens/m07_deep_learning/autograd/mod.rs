//! Specimens of `autograd`.

mod value;

pub use value::Value;
