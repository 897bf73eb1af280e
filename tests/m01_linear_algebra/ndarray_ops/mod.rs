mod stored;

mod add_nd;
mod dot_nd;
mod matmul_nd;
mod pairwise_distances;
mod standardize_columns;
