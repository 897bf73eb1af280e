//! Advice before anything is judged: the lines of a submission that reach outside of a kata, or that call the library
//! which a kata from scratch re-makes.
//!
//! It is advice and policy, never the wall: whoever wants to can hide a call from it, and then the cage holds. Where a
//! kata shares a process with its laws it is one wall of several, with rules of its own ([`roads_out`]). It looks at
//! tokens, so neither comments nor strings nor a field named `path` count, and what a library's macro expands to is the
//! library's business.

mod inside;
mod rules;
mod table;
mod tokens;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;
use serde_json::{Value, json};

pub use inside::roads_out;

/// What comes of a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nobody looks.
    #[default]
    Off,
    /// It is told, and changes no point.
    Advise,
    /// It costs the points of its kata, or of its file where it stands in no kata.
    Enforce,
}

impl Mode {
    /// All of them, as the command line names them.
    pub const WORDS: [&str; 3] = ["off", "advise", "enforce"];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The mode of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Off, Self::Advise, Self::Enforce].into_iter().find(|mode| mode.word() == word)
    }
}

/// What an assignment looks for.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// What comes of a finding.
    pub mode: Mode,
    /// What the reference of a file uses itself, by the file's id.
    allowed: BTreeMap<String, BTreeSet<String>>,
    katas: BTreeSet<String>,
}

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

impl Policy {
    /// The policy for these katas: what the references of their files use is allowed.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a solution cannot be read.
    pub fn new<'a>(
        mode: Mode,
        workspace: &Workspace,
        katas: impl Iterator<Item = &'a str>,
    ) -> Result<Self, Problem> {
        let katas: BTreeSet<String> = katas.filter(|_| mode != Mode::Off).map(ToOwned::to_owned).collect();
        let mut allowed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (id, _) in katas.iter().filter_map(|id| id.rsplit_once('/')) {
            if allowed.contains_key(id) {
                continue;
            }
            let path = workspace.path(format!("solutions/{id}.rs"));
            let text = fs::read_to_string(&path).doing("read", &path)?;
            let uses = tokens::tokens(&text).map(|it| rules::uses(id, &it)).unwrap_or_default();
            allowed.insert(id.to_owned(), uses.into_iter().map(|it| it.what).collect());
        }
        Ok(Self { mode, allowed, katas })
    }

    /// Looks through a file.
    #[must_use]
    pub fn scan(&self, id: &str, text: &str) -> Vec<Finding> {
        if self.mode == Mode::Off {
            return Vec::new();
        }
        let uses = tokens::tokens(text).map(|it| rules::uses(id, &it)).unwrap_or_default();
        let is_allowed = |what: &String| self.allowed.get(id).is_some_and(|allowed| allowed.contains(what));
        let found = uses.into_iter().filter(|it| !is_allowed(&it.what));
        // One line may repeat itself ten thousand times.
        let found = found.take(100).map(|it| Finding {
            file: id.to_owned(),
            line: it.line,
            // A function that is no kata may be called by each of them.
            kata: it.within.map(|item| format!("{id}/{item}")).filter(|id| self.katas.contains(id)),
            what: it.what,
            why: it.why,
        });
        found.collect()
    }

    /// Why a kata gets no point, if one of these findings costs it.
    #[must_use]
    pub fn refuses(&self, findings: &[Finding], kata: &str) -> Option<String> {
        let file = kata.rsplit_once('/').map_or("", |(file, _)| file);
        let concerns = |it: &&Finding| it.file == file && it.kata.as_ref().is_none_or(|it| it == kata);
        let first = findings.iter().find(concerns).filter(|_| self.mode == Mode::Enforce)?;
        Some(format!("line {}: {}: {}", first.line, first.what, first.why))
    }

    /// For a result: the mode, and what was found.
    #[must_use]
    pub fn to_json(&self, findings: &[Finding]) -> Value {
        let findings: Vec<_> = findings.iter().map(Finding::to_json).collect();
        json!({ "mode": self.mode.word(), "findings": findings })
    }
}

impl Finding {
    fn to_json(&self) -> Value {
        json!({ "file": self.file, "line": self.line, "kata": self.kata, "what": self.what, "why": self.why })
    }
}
