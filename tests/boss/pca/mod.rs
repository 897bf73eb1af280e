mod center;
mod covariance;
mod explained_variance_ratio;
mod principal_components;
