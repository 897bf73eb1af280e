mod accepts_blur;
mod claims;
