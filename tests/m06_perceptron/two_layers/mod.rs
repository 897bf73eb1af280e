mod two_layer_backward;
mod networks;
