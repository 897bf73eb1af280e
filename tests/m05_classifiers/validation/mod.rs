mod cross_validate;
mod partitions;
mod standardize_by;
