mod choices;
mod generate;
mod next_token_probabilities;
