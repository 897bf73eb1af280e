use serde_json::{Value, json};

/// A line that does not keep to the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, as in `m01_linear_algebra/vectors`.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The kata around it; none where it concerns the whole file.
    pub kata: Option<String>,
    /// What stands there.
    pub what: String,
    /// Why it should not.
    pub why: &'static str,
}

impl Finding {
    /// For a result.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "file": self.file, "line": self.line, "kata": self.kata, "what": self.what, "why": self.why })
    }
}
