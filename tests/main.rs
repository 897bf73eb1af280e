//! The laws of all milestones in one test target: `cargo nextest run -p katas m01` picks one milestone.

#[cfg(feature = "m01-pure")]
mod m01_linear_algebra;
#[cfg(feature = "m02")]
mod m02_statistics;
#[cfg(feature = "m03")]
mod m03_calculus;
#[cfg(feature = "m04")]
mod m04_ml_from_scratch;
#[cfg(feature = "m10")]
mod m10_pipeline;
#[cfg(feature = "boss")]
mod boss;
