//! Specimens of `regression`.

mod fit_regression_tree;

pub use fit_regression_tree::fit_regression_tree;
