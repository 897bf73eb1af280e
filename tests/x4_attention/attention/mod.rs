mod causal_mask;
mod given;
mod multi_head_attention;
mod scaled_dot_product_attention;
