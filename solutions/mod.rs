//! The milestones, in the order in which they are best taken.

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra;
#[cfg(feature = "m02")]
pub mod m02_statistics;
#[cfg(feature = "m03")]
pub mod m03_calculus;
#[cfg(feature = "m04")]
pub mod m04_ml_from_scratch;
#[cfg(feature = "m07")]
pub mod m07_deep_learning;
#[cfg(feature = "m09")]
pub mod m09_convolution;
