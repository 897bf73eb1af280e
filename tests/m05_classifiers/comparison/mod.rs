pub mod candidates;
mod compare_classifiers;
mod faults;
mod rankings;
pub mod spy;
mod train_and_score;
