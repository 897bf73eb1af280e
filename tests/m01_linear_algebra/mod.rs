mod matrices;
mod ndarray_ops;
mod transforms;
mod vectors;
