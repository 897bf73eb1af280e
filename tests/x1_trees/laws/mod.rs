mod accepts_best_split;
mod claims;
