//! Specimens of `laws`.

mod accepts_cross_validation;

pub use crate::reference::m05_classifiers::laws::CrossValidation;
pub use accepts_cross_validation::accepts_cross_validation;
