//! What is promised, and whether it is true: everything that CI proves, one check at a time.

mod cargo;
mod completeness;
mod fingerprint;
mod laws;
mod notebook;
mod outlines;
mod pages;
mod readme;
mod specimens;

pub use fingerprint::Recording;
pub use specimens::{Outcome, judge_specimens};

use crate::show::{Progress, Style};
use engine::catalogue::{Catalogue, Kata};
use engine::problem::Problem;
use engine::workspace::Workspace;

/// What the checks look at.
pub struct Ground<'a> {
    /// Where everything lies.
    pub workspace: &'a Workspace,
    /// All katas.
    pub catalogue: &'a Catalogue,
    /// The katas to be checked: all, or those that an author named.
    pub katas: Vec<&'a Kata>,
    /// Whether the fingerprints are written down, or compared with those on record.
    pub recording: Recording,
    /// How many seeds the reference is judged with; the first is the usual one.
    pub seeds: u32,
    /// How many inputs a law draws, where not the usual number.
    pub cases: Option<u32>,
    /// How to write to the terminal.
    pub style: Style,
    /// What is going on, on the terminal.
    pub progress: Progress,
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

/// One thing that is promised.
pub struct Check {
    /// One word for the command line.
    pub name: &'static str,
    /// The promise, in one line.
    pub promise: &'static str,
    /// Whether it is about single katas, so that an author can ask for it for the kata at hand.
    pub by_kata: bool,
    /// Looks whether it is kept.
    pub run: fn(&mut Ground<'_>) -> Result<Findings, Problem>,
}

/// Everything that is promised, the quickest first.
pub const CHECKS: &[Check] = &[
    Check {
        name: "complete",
        promise: "each kata has hints, laws, specimens and its place in a chapter",
        by_kata: true,
        run: completeness::check,
    },
    Check {
        name: "outlines",
        promise: "stubs promise what the reference keeps, in both directions",
        by_kata: true,
        run: outlines::check,
    },
    Check { name: "format", promise: "the code is formatted", by_kata: false, run: cargo::format },
    Check {
        name: "clippy",
        promise: "stubs, reference, specimens and tools compile without a warning",
        by_kata: false,
        run: cargo::clippy,
    },
    Check { name: "docs", promise: "the documentation builds", by_kata: false, run: cargo::documentation },
    Check {
        name: "stubs",
        promise: "every law refuses the untouched stubs",
        by_kata: true,
        run: laws::stubs,
    },
    Check {
        name: "reference",
        promise: "the reference keeps every law",
        by_kata: true,
        run: laws::reference,
    },
    Check {
        name: "specimens",
        promise: "every wheat passes, every chaff breaks a law of its kata, as on record",
        by_kata: true,
        run: specimens::check,
    },
    Check {
        name: "pages",
        promise: "every wheat keeps the examples on the page of its kata",
        by_kata: true,
        run: pages::check,
    },
    Check {
        name: "examples",
        promise: "the documentation's examples run",
        by_kata: false,
        run: cargo::examples,
    },
    Check { name: "tools", promise: "the tools pass their own tests", by_kata: false, run: cargo::tools },
    Check {
        name: "grader",
        promise: "no submission is given a point that is not earned, nor loses one that is",
        by_kata: false,
        run: cargo::grader,
    },
];

/// What is looked at only when somebody asks for it by name, because it needs more than Rust.
pub const ON_REQUEST: &[Check] = &[Check {
    name: "notebook",
    promise: "the penguins' notebook runs again in Jupyter, and says what was written",
    by_kata: false,
    run: notebook::check,
}];
