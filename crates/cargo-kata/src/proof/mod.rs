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
mod proved;
mod readme;
mod specimens;
mod speed;
mod words;

pub use example::write as write_examples;
pub use ground::{Findings, Ground, Recording};
pub use proved::Proved;
pub use specimens::{Counterexamples, Meet, SpecimenVerdict, judge_specimens};

use engine::catalog::Kata;
use engine::problem::Problem;

/// One thing that is promised.
pub struct Check {
    /// One word for the command line.
    pub name: &'static str,
    /// The promise, in one line.
    pub promise: &'static str,
    /// Whether it is about single katas, so that an author can ask for it for the kata at hand.
    pub by_kata: bool,
    /// Whether it takes long for each kata, and is not proved again for one whose answers, laws and specimens are the same.
    pub is_remembered: bool,
    /// Whether it leaves most processors idle, so that it is made at the same time as the others.
    pub runs_aside: bool,
    /// Looks whether it is kept.
    pub run: fn(&mut Ground<'_>) -> Result<Findings, Problem>,
}

/// Makes a check, but not for the katas for which it was made before and would find the same.
///
/// # Errors
///
/// The [`Problem`] of the check, or that the record cannot be written.
pub fn once(check: &Check, ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let Some(proved) = ground.proved.as_ref().filter(|_| check.is_remembered) else {
        return (check.run)(ground);
    };
    let stamped = ground.katas.iter().map(|kata| {
        let (name, stamp) = (format!("{} {}", check.name, kata.id), proved.stamp_of(kata));
        (*kata, proved.holds(&name, stamp), (name, stamp))
    });
    let (before, left): (Vec<_>, Vec<_>) = stamped.partition(|(_, holds, _)| *holds);
    let (left, stamps): (Vec<&Kata>, Vec<_>) = left.into_iter().map(|(kata, _, stamp)| (kata, stamp)).unzip();
    let asked = std::mem::replace(&mut ground.katas, left);
    let findings = if ground.katas.is_empty() { Ok(Findings::of("katas")) } else { (check.run)(ground) };
    ground.katas = asked;
    let findings = Findings { as_before: before.len(), ..findings? };
    if let Some(proved) =
        ground.proved.as_mut().filter(|_| findings.failed.is_empty() && findings.skipped.is_none())
    {
        proved.keep(stamps)?;
    }
    Ok(findings)
}

/// Everything that is promised, the quickest first.
pub const CHECKS: &[Check] = &[
    Check {
        name: "complete",
        promise: "each kata has hints, laws, specimens, its example as a law and its place in a chapter",
        by_kata: true,
        is_remembered: false,
        runs_aside: false,
        run: completeness::check,
    },
    Check {
        name: "outlines",
        promise: "stubs promise what the reference keeps, in both directions",
        by_kata: true,
        is_remembered: false,
        runs_aside: false,
        run: outlines::check,
    },
    Check {
        name: "words",
        promise: "the texts use the field's terms and are spelled as in the United States",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: words::check,
    },
    Check {
        name: "format",
        promise: "the code is formatted",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::format,
    },
    Check {
        name: "clippy",
        promise: "stubs, reference, specimens and tools compile without a warning",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::clippy,
    },
    Check {
        name: "docs",
        promise: "the documentation builds",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::documentation,
    },
    Check {
        name: "stubs",
        promise: "every law rejects the untouched stubs",
        by_kata: true,
        is_remembered: true,
        runs_aside: false,
        run: laws::stubs,
    },
    Check {
        name: "reference",
        promise: "the reference keeps every law",
        by_kata: true,
        is_remembered: true,
        runs_aside: false,
        run: laws::reference,
    },
    Check {
        name: "specimens",
        promise: "every wheat passes, every chaff breaks a law of its kata, as on record",
        by_kata: true,
        is_remembered: true,
        runs_aside: false,
        run: answers::check,
    },
    Check {
        name: "mutants",
        promise: "every systematic mutant breaks a law of its kata, or is named as equivalent",
        by_kata: true,
        is_remembered: true,
        runs_aside: false,
        run: mutants::check,
    },
    Check {
        name: "examples",
        promise: "the documentation's examples run",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::examples,
    },
    Check {
        name: "tools",
        promise: "the tools pass their own tests",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::tools,
    },
    Check {
        name: "grader",
        promise: "no submission is given a point that is not earned, nor loses one that is",
        by_kata: false,
        is_remembered: false,
        runs_aside: true,
        run: cargo::grader,
    },
];

/// What an author's check looks at in addition to what is about single katas.
pub const FOR_AUTHORS: &[Check] = &[
    Check {
        name: "format",
        promise: "the code is formatted",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: cargo::format,
    },
    Check {
        name: "lint",
        promise: "reference, laws and specimens of the milestone compile without a warning",
        by_kata: true,
        is_remembered: false,
        runs_aside: false,
        run: cargo::lint,
    },
];

/// What is looked at only when somebody asks for it by name, because it needs more than Rust, or a quiet machine.
pub const ON_REQUEST: &[Check] = &[
    Check {
        name: "notebook",
        promise: "the penguins' notebook runs again in Jupyter, and says what was written",
        by_kata: false,
        is_remembered: false,
        runs_aside: false,
        run: notebook::check,
    },
    Check {
        name: "speed",
        promise: "an edit is judged as quickly as in the commit before",
        by_kata: true,
        is_remembered: false,
        runs_aside: false,
        run: speed::check,
    },
];
