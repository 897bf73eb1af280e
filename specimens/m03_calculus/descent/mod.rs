//! Specimens of `descent`.

mod gradient_descent;
mod is_stable_learning_rate;
mod line_search;
mod minimum_of_quadratic;
mod walk;

pub use gradient_descent::gradient_descent;
pub use is_stable_learning_rate::is_stable_learning_rate;
pub use line_search::line_search;
pub use minimum_of_quadratic::minimum_of_quadratic;
