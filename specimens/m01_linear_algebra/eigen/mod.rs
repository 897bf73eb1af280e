//! Specimens of `eigen`.

mod diagonalize;
mod eigenvalues_2x2;
mod eigenvectors_2x2;
mod power_iteration;

pub use diagonalize::diagonalize;
pub use eigenvalues_2x2::eigenvalues_2x2;
pub use eigenvectors_2x2::eigenvectors_2x2;
pub use power_iteration::power_iteration;
