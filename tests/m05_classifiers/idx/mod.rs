mod arrays;
mod load_mnist;
mod parse_idx;
