mod accepts_cross_validation;
mod claims;
