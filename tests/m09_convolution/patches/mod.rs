mod im2col;
