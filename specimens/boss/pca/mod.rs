//! Specimens of `pca`.

mod center;
mod covariance;
mod explained_variance_ratio;
mod principal_components;
pub mod tuned;

pub use center::center;
pub use covariance::covariance;
pub use explained_variance_ratio::explained_variance_ratio;
pub use principal_components::principal_components;
