mod load_image;
mod to_gray;
