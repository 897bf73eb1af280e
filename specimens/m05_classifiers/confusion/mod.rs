//! Specimens of `confusion`.

mod confusion_figure;
mod confusion_matrix;
mod precision_recall_f1;

pub use crate::reference::m05_classifiers::confusion::ClassScore;
pub use confusion_figure::confusion_figure;
pub use confusion_matrix::confusion_matrix;
pub use precision_recall_f1::precision_recall_f1;
