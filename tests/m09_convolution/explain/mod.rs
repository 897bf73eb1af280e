mod explain_convolution;
