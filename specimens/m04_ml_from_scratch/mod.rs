//! Specimens of milestone 4.

pub mod data;
pub mod decision;
pub mod laws;
pub mod least_squares;
pub mod linear;
pub mod logistic;
pub mod metrics;
pub mod multinomial;
