//! Milestone 5: classifiers on real data, and how to evaluate and compare them.
//!
//! Features are a [`kit::Matrix`], one sample per row; labels and predictions are slices, as in milestone 4. New is
//! [smartcore](https://docs.rs/smartcore), a library of classic machine learning that plays the part of scikit-learn.
//! A [`comparison::Classifier`] is a function that is trained on a training set and predicts the labels of other
//! samples, so that a library's model, your own and a baseline are evaluated and compared in the same way.

pub mod load;
pub mod idx;
pub mod neighbours;
pub mod bayes;
pub mod library;
pub mod trees;
pub mod comparison;
pub mod folds;
pub mod validation;
pub mod confusion;
pub mod laws;
