mod file;
mod rejections;
#[expect(clippy::module_inception, reason = "the kata is named like its file")]
mod run;
mod wide;
