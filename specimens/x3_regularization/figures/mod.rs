//! Specimens of `figures`.

mod bias_variance_figure;
mod learning_curve_figure;

pub use bias_variance_figure::bias_variance_figure;
pub use learning_curve_figure::learning_curve_figure;
