//! Extra milestone 1: decision trees and ensembles of trees, from scratch.
//!
//! Features are a [`kit::Matrix`], one sample per row; labels are a slice. In a tree the classes are 0, 1, …, k − 1, so
//! that a leaf can hold the fraction of each. A [`kit::Tree`] is a recursive enum: a leaf, or a split with the two trees
//! below it.
//!
//! Builds on milestones 1, 2, 4 and 5, and needs no library.

pub mod impurity;
pub mod tree;
pub mod forest;
pub mod regression;
pub mod boosting;
pub mod importance;
pub mod laws;
