//! The milestones, in the order in which they are best taken.

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra;
#[cfg(feature = "m02")]
pub mod m02_statistics;
#[cfg(feature = "m03")]
pub mod m03_calculus;
#[cfg(feature = "m04")]
pub mod m04_ml_from_scratch;
#[cfg(feature = "m10")]
pub mod m10_pipeline;
#[cfg(feature = "boss")]
pub mod boss;
