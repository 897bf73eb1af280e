use super::proved::Proved;
use crate::show::{Progress, Style};
use engine::catalog::{Catalog, Kata};
use engine::workspace::Workspace;

/// What becomes of the fingerprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// They are compared with those on record.
    Compare,
    /// They are put on record, if everything else is right.
    Write,
}

/// What the checks look at.
pub struct Ground<'a> {
    /// Where everything lies.
    pub workspace: &'a Workspace,
    /// All katas.
    pub catalog: &'a Catalog,
    /// The katas to be checked: all, or those that an author named.
    pub katas: Vec<&'a Kata>,
    /// Whether the fingerprints are written down, or compared with those on record.
    pub recording: Recording,
    /// Whether the pictures of the reference are accepted as those to compare with.
    pub bless: bool,
    /// How many seeds the reference is judged with; the first is the usual one.
    pub seeds: u32,
    /// How many inputs a law draws, where not the usual number.
    pub cases: Option<u32>,
    /// What was proved before; nothing where everything shall be proved again.
    pub proved: Option<Proved>,
    /// Whether chaffs meet all laws, not only those that they break by the record.
    pub is_thorough: bool,
    /// How to write to the terminal.
    pub style: Style,
    /// What is going on, on the terminal.
    pub progress: Progress,
}

impl Ground<'_> {
    /// The same for a check that is made at the same time, on a thread of its own, and says nothing on the terminal.
    #[must_use]
    pub fn aside(&self) -> Self {
        Self {
            katas: self.katas.clone(),
            proved: self.proved.as_ref().map(|_| Proved::read(self.workspace)),
            progress: Progress::hidden(),
            ..*self
        }
    }
}

/// The outcome of a check: how many single facts hold, which do not, and what is remarkable.
#[derive(Debug, Default)]
pub struct Findings {
    /// What was counted, as in "laws".
    pub of_what: &'static str,
    /// How many hold.
    pub passed: usize,
    /// One text for each that does not.
    pub failed: Vec<String>,
    /// Why nothing was looked at.
    pub skipped: Option<String>,
    /// Worth saying although nothing failed.
    pub remarks: Vec<String>,
    /// What was not looked at, because it was proved before and depends on nothing that has changed.
    pub as_before: usize,
}

impl Findings {
    /// Nothing counted yet.
    #[must_use]
    pub fn of(of_what: &'static str) -> Self {
        Self { of_what, ..Self::default() }
    }

    /// Counts one fact; `otherwise` says what is wrong if it does not hold.
    pub fn count(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if holds {
            self.passed += 1;
        } else {
            self.failed.push(otherwise());
        }
    }
}
