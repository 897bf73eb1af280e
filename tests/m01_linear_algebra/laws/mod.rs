mod accepts_dot_product;
mod claims;
