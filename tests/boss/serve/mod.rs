mod answers;
mod app;
mod client;
mod gate;
mod model;
mod rejected;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod serve;
