mod canny;
mod peaks;
mod sobel;
