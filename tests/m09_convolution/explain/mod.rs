mod asked;
mod explain_convolution;
