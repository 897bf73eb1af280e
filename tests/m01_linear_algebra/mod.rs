mod ndarray_ops;
mod transforms;
mod vectors;
