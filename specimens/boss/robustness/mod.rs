//! Specimens of `robustness`.

mod adversarial_figure;
mod attack_success_rate;
mod success_figure;

pub use adversarial_figure::adversarial_figure;
pub use attack_success_rate::attack_success_rate;
pub use success_figure::success_figure;

use super::adversarial::{logits, says};
