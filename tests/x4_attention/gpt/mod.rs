mod given;
#[expect(clippy::module_inception, reason = "a kata of the name of its file")]
mod gpt;
mod next_token_loss;
mod parameter_count;
