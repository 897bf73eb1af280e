//! Milestone 5: classifiers on real data, and comparing them without fooling yourself.
//!
//! Features are a [`kit::Matrix`], one sample a row; labels and predictions are slices, as in milestone 4. New is
//! [smartcore](https://docs.rs/smartcore), a library of classic machine learning that plays the part of scikit-learn.
//! A [`comparison::Classifier`] is a function that learns from a training set and says what other samples are, so that
//! a model of the library, one of your own and a dummy are scored and compared in one way.

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
