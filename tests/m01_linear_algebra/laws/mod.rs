mod accepts_dot_product;
mod claims;
mod wrong_claims;
mod wrong_edges;
