mod accepts_batching;
mod claims;
