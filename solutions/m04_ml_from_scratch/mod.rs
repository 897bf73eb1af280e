//! Milestone 4: linear and logistic regression from scratch, from the data to the score.
//!
//! Features are a [`kit::Matrix`], one sample per row and one feature per column; targets, labels, weights and
//! predictions are slices. A sample is `x.row(i)`, contiguous in memory, so every formula can be written down as it
//! stands. Labels are classes, counted from 0.

pub mod data;
pub mod linear;
pub mod least_squares;
pub mod logistic;
pub mod decision;
pub mod multinomial;
pub mod metrics;
pub mod laws;
