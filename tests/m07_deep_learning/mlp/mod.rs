mod mlp;
mod parameter_count;
