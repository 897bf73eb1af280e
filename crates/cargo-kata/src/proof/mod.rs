//! What is promised, and whether it is true: everything that CI proves, one check at a time.

mod cargo;
mod completeness;
mod answering;
mod answers;
mod equivalents;
mod example;
mod fingerprint;
mod ground;
mod laws;
mod mutants;
mod notebook;
mod outlines;
mod pool;
mod readme;
mod specimens;
mod speed;
mod words;

pub use example::write as write_examples;
pub use ground::{Findings, Ground, Recording};
pub use specimens::{SpecimenVerdict, judge_specimens};

use engine::problem::Problem;

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
        promise: "each kata has hints, laws, specimens, its example as a law and its place in a chapter",
        by_kata: true,
        run: completeness::check,
    },
    Check {
        name: "outlines",
        promise: "stubs promise what the reference keeps, in both directions",
        by_kata: true,
        run: outlines::check,
    },
    Check {
        name: "words",
        promise: "the texts use the field's terms and are spelled as in the United States",
        by_kata: false,
        run: words::check,
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
        promise: "every law rejects the untouched stubs",
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
        run: answers::check,
    },
    Check {
        name: "mutants",
        promise: "every systematic mutant breaks a law of its kata, or is named as equivalent",
        by_kata: true,
        run: mutants::check,
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

/// What an author's check looks at in addition to what is about single katas.
pub const FOR_AUTHORS: &[Check] = &[
    Check { name: "format", promise: "the code is formatted", by_kata: false, run: cargo::format },
    Check {
        name: "lint",
        promise: "reference, laws and specimens of the milestone compile without a warning",
        by_kata: true,
        run: cargo::lint,
    },
];

/// What is looked at only when somebody asks for it by name, because it needs more than Rust, or a quiet machine.
pub const ON_REQUEST: &[Check] = &[
    Check {
        name: "notebook",
        promise: "the penguins' notebook runs again in Jupyter, and says what was written",
        by_kata: false,
        run: notebook::check,
    },
    Check {
        name: "speed",
        promise: "an edit is judged as quickly as in the commit before",
        by_kata: true,
        run: speed::check,
    },
];
