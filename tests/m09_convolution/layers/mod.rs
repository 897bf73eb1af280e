mod convolve;
mod max_pool;
