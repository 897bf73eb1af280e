mod rejections;
mod runs;
mod train;
mod whole;
