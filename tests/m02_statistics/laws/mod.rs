mod accepts_die;
mod dice;
