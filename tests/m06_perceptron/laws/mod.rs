mod accepts_backward;
mod claims;
