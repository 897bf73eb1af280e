mod accepts_least_squares;
mod claims;
