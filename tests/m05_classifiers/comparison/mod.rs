pub mod candidates;
mod compare_classifiers;
pub mod spy;
mod train_and_score;
