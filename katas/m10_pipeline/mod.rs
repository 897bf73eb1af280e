//! Milestone 10: a pipeline from a messy file to a report and a notebook.
//!
//! A [`kit::Table`] holds the data: named columns, numeric or categorical, with missing values. The stages pass on the plain
//! structs of [`kit::pipeline`]. One rule stands above all: whatever is learned is learned from the training set.

pub mod table;
pub mod cleaning;
pub mod splitting;
pub mod scaling;
pub mod encoding;
pub mod model;
pub mod run;
pub mod report;
pub mod laws;
