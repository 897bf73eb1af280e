//! The milestones, in the order in which they are best taken.

#[cfg(feature = "m01")]
pub mod m01_linear_algebra;
#[cfg(feature = "m04")]
pub mod m04_ml_from_scratch;
