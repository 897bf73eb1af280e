//! Specimens of `comparison`.

mod compare_normal_and_uniform;
mod comparison_figure;

pub use compare_normal_and_uniform::compare_normal_and_uniform;
pub use comparison_figure::comparison_figure;
