//! The laws of all milestones in one test target: `cargo nextest run -p katas m01` picks one milestone.

#[cfg(feature = "m01-pure")]
mod m01_linear_algebra;
#[cfg(feature = "m02")]
mod m02_statistics;
#[cfg(feature = "m03")]
mod m03_calculus;
#[cfg(feature = "m04")]
mod m04_ml_from_scratch;
#[cfg(feature = "m05")]
mod m05_classifiers;
#[cfg(feature = "m06")]
mod m06_perceptron;
#[cfg(feature = "m07")]
mod m07_deep_learning;
#[cfg(feature = "m08")]
mod m08_vision;
#[cfg(feature = "m09")]
mod m09_convolution;
#[cfg(feature = "m10")]
mod m10_pipeline;
#[cfg(feature = "boss")]
mod boss;
#[cfg(feature = "x1")]
mod x1_trees;
#[cfg(feature = "x2")]
mod x2_clustering;
#[cfg(feature = "x3")]
mod x3_regularization;
#[cfg(feature = "x4")]
mod x4_attention;
