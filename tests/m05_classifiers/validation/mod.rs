mod cross_validate;
mod standardize_by;
