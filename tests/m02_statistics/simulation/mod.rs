mod empirical_probabilities;
mod roll_dice;
mod running_frequency;
mod toss_coins;
