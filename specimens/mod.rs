//! Right and wrong answers, to judge the judge: every wheat must pass all laws of its kata, every chaff must fail one.
//!
//! The variable `KATAS_SPECIMEN` names the one that answers, as `milestone/file/kata/specimen`. Where it names none,
//! or one of another kata, the reference answers. `wheat/2` names the third wheat of every kata that has one.

mod specimen;

#[cfg(feature = "m01-pure")]
pub mod m01_linear_algebra;
#[cfg(feature = "m02")]
pub mod m02_statistics;
#[cfg(feature = "m03")]
pub mod m03_calculus;
#[cfg(feature = "m04")]
pub mod m04_ml_from_scratch;
#[cfg(feature = "m05")]
pub mod m05_classifiers;
#[cfg(feature = "m06")]
pub mod m06_perceptron;
#[cfg(feature = "m07")]
pub mod m07_deep_learning;
#[cfg(feature = "m08")]
pub mod m08_vision;
#[cfg(feature = "m09")]
pub mod m09_convolution;
#[cfg(feature = "m10")]
pub mod m10_pipeline;
#[cfg(feature = "boss")]
pub mod boss;
#[cfg(feature = "x1")]
pub mod x1_trees;
#[cfg(feature = "x2")]
pub mod x2_clustering;
#[cfg(feature = "x3")]
pub mod x3_regularization;
#[cfg(feature = "x4")]
pub mod x4_attention;
