mod conv2d;
mod output_size;
