pub mod candidates;
mod compare_classifiers;
mod faults;
pub mod spy;
mod train_and_score;
