use std::path::{Path, PathBuf};

use serde_json::Value;

/// What rustc says about one mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file it points to, from the package's folder.
    pub file: Option<PathBuf>,
    /// The line, counted from 1.
    pub line: u64,
    /// Whether it is an error.
    pub is_error: bool,
    /// As rustc shows it.
    pub rendered: String,
}

impl Diagnostic {
    pub(super) fn read(message: &Value, root: &Path) -> Option<Self> {
        let message = &message["message"];
        let rendered = message["rendered"].as_str()?.to_owned();
        let spans = message["spans"].as_array()?;
        let primary = spans.iter().find(|span| span["is_primary"] == Value::Bool(true)).map(in_the_package);
        let file = primary.as_ref().and_then(|span| span["file_name"].as_str()).map(PathBuf::from);
        // A summary such as "aborting due to 2 previous errors" points nowhere and says nothing.
        if file.is_none() && rendered.contains("aborting due to") {
            return None;
        }
        Some(Self {
            file: file.map(|file| file.strip_prefix(root).map(Path::to_owned).unwrap_or(file)),
            line: primary.and_then(|span| span["line_start"].as_u64()).unwrap_or_default(),
            is_error: message["level"].as_str().is_some_and(|level| level.starts_with("error")),
            rendered,
        })
    }
}

/// Where the learner wrote what a macro of a library expanded.
fn in_the_package(span: &Value) -> Value {
    let mut span = span;
    while span["expansion"]["span"].is_object() {
        span = &span["expansion"]["span"];
    }
    span.clone()
}
