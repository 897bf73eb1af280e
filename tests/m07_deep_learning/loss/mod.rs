mod cross_entropy;
mod by_hand;
