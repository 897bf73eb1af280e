mod accepts_lloyd_step;
mod claims;
