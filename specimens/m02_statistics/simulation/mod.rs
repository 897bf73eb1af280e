//! Specimens of `simulation`.

mod empirical_probabilities;
mod roll_dice;
mod running_frequency;
mod toss_coins;

pub use empirical_probabilities::empirical_probabilities;
pub use roll_dice::roll_dice;
pub use running_frequency::running_frequency;
pub use toss_coins::toss_coins;
