use std::fmt;

use protocol::Place;

/// Whether a law holds for one input.
pub type Verdict = Result<(), Broken>;

/// How a law was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The answer is not what the law wants.
    Answer,
    /// The kata panicked.
    Panic,
    /// The kata is still a `todo!()`.
    Todo,
    /// One call took longer than the law allows.
    Timeout,
    /// The same input was answered in two ways.
    Unsteady,
    /// The process used more memory than it may.
    Memory,
    /// The process wrote more than it may.
    Output,
    /// The kata runs in a process of its own, and that ended.
    Died,
    /// The kata runs in a process of its own, and there is none to ask.
    Unreachable,
    /// What the law itself needs, such as a data set, is missing or damaged.
    Given,
}

/// A broken law, in words for the learner.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    /// How it was broken.
    pub kind: Kind,
    /// The call and what came out.
    pub got: String,
    /// What the law wants instead.
    pub want: String,
    /// Where to look.
    pub look: String,
    /// The line at which a `todo!()` or a panic was met.
    pub place: Option<Place>,
}

impl Broken {
    /// Whether a smaller input would tell more: one that is asked nothing any more shows nothing.
    pub(crate) fn can_shrink(&self) -> bool {
        matches!(self.kind, Kind::Answer | Kind::Panic | Kind::Unsteady)
    }

    /// An answer that is not what the law wants.
    #[must_use]
    pub fn answer(got: impl fmt::Display, want: impl fmt::Display, look: impl fmt::Display) -> Self {
        let (got, want, look) = (got.to_string(), want.to_string(), look.to_string());
        Self { kind: Kind::Answer, got, want, look, place: None }
    }
}

/// Lines that begin with a word in a column of their own.
pub(crate) struct Columns<'a>(pub &'a [(&'a str, &'a str)]);

impl fmt::Display for Columns<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (word, text) in self.0.iter().filter(|(_, text)| !text.is_empty()) {
            for (i, line) in text.lines().enumerate() {
                writeln!(f, "{:<5} {line}", if i == 0 { word } else { "" })?;
            }
        }
        Ok(())
    }
}
