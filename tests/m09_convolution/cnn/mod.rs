#[expect(clippy::module_inception, reason = "a kata of the name of its file")]
mod cnn;
mod definition;
mod gradient;
