//! Specimens of `least_squares`.

mod normal_equation;
mod r2_score;
mod ridge;
mod solvers;

pub use normal_equation::normal_equation;
pub use r2_score::r2_score;
pub use ridge::ridge;
use solvers::{householder, uncentered};
