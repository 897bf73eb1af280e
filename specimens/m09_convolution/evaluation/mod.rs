//! Specimens of `evaluation`.

mod evaluate;

pub use crate::reference::m09_convolution::evaluation::{Evaluation, Mistake, Model};
pub use evaluate::evaluate;
