//! Specimens of `library`.

mod gaussian_naive_bayes;
mod k_nearest_neighbours;
mod logistic_regression;

pub use gaussian_naive_bayes::gaussian_naive_bayes;
pub use k_nearest_neighbours::k_nearest_neighbours;
pub use logistic_regression::logistic_regression;
