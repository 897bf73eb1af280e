use engine::problem::Problem;
use serde_json::Value;

/// What rustc says about a crate that it did not compile.
///
/// It is shown to the learner, and it is a hint where to look first. It never decides whose fault a failure is: the text
/// is the learner's to shape.
#[derive(Debug, Clone)]
pub struct Diagnostics {
    said: String,
}

/// What was compiled, or what rustc says; a [`Problem`] where rustc could not be asked.
pub type Compilation<T> = Result<Result<T, Diagnostics>, Problem>;

/// An error of rustc's.
#[derive(Debug, Clone)]
pub struct CompilerError {
    /// The file that it points to, from the root of the crate's source.
    pub file: String,
    /// The error as a person reads it.
    pub rendered: String,
}

impl Diagnostics {
    /// Of what rustc wrote, one JSON object per line.
    #[must_use]
    pub fn new(said: String) -> Self {
        Self { said }
    }

    /// The errors that point to a file.
    #[must_use]
    pub fn errors(&self) -> Vec<CompilerError> {
        let messages = self.said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let is_error = |it: &Value| it["level"].as_str().is_some_and(|level| level.starts_with("error"));
        let mut errors = Vec::new();
        for message in messages.filter(is_error) {
            let rendered = message["rendered"].as_str().unwrap_or_default();
            let spans = message["spans"].as_array().cloned().unwrap_or_default();
            for span in spans.iter().filter(|span| span["is_primary"] == Value::Bool(true)) {
                let file = span["file_name"].as_str().unwrap_or_default();
                let file = file.trim_start_matches("/src/").to_owned();
                errors.push(CompilerError { file, rendered: rendered.to_owned() });
            }
        }
        errors
    }

    /// All of it, printable and cut.
    #[must_use]
    pub fn text(&self) -> String {
        shortened(&self.said)
    }
}

/// What a learner's text makes rustc say is cut and printable.
#[must_use]
pub fn shortened(said: &str) -> String {
    said.chars().filter(|c| !c.is_control() || *c == '\n').take(8000).collect()
}
