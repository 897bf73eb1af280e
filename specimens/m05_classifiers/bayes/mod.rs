//! Specimens of `bayes`.

mod gaussian_nb_fit;
mod gaussian_nb_predict;

pub use crate::reference::m05_classifiers::bayes::GaussianNb;
pub use gaussian_nb_fit::gaussian_nb_fit;
pub use gaussian_nb_predict::gaussian_nb_predict;
