mod eigen;
mod laws;
mod matrices;
mod ndarray_ops;
mod transforms;
mod vectors;
