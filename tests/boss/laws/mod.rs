mod accepts_attack;
mod claims;
