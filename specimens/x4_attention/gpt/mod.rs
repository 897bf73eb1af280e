//! Specimens of `gpt`.

#[expect(clippy::module_inception, reason = "a kata of the name of its file")]
mod gpt;
mod next_token_loss;
mod parameter_count;

pub use crate::reference::x4_attention::gpt::GptSettings;
pub use gpt::Gpt;
pub use next_token_loss::next_token_loss;
pub use parameter_count::parameter_count;
