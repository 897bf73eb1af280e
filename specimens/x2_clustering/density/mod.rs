//! Specimens of `density`.

mod gaussian_log_density;

pub use gaussian_log_density::gaussian_log_density;
