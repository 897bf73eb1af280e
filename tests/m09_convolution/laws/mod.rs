mod accepts_convolution;
mod claims;
