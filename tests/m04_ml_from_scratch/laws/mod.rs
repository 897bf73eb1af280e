mod accepts_least_squares;
mod claims;
mod within;
