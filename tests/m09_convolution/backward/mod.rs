mod conv2d_backward;
