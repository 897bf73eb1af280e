//! Specimens of `comparison`.

mod compare_classifiers;
mod tables;
mod train_and_score;

pub use crate::reference::m05_classifiers::comparison::{Classifier, Score};
pub use compare_classifiers::compare_classifiers;
pub use train_and_score::train_and_score;
