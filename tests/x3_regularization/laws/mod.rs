mod accepts_layer_norm_backward;
mod claims;
