mod max_pool2d;
