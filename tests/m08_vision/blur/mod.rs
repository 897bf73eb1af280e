mod convolve;
mod definition;
mod gaussian_blur;
mod gaussian_kernel;
