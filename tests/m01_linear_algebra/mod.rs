#[cfg(feature = "m01")]
mod eigen;
mod laws;
#[cfg(feature = "m01")]
mod matrices;
#[cfg(feature = "m01")]
mod ndarray_ops;
mod range;
#[cfg(feature = "m01")]
mod transforms;
mod vectors;
