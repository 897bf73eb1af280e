mod two_layer_backward;
