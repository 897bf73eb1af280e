mod accepts_preparation;
mod claims;
