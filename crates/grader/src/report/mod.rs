//! What others read of a result: each made from its JSON, which alone is the truth, and made anew at any time.
//!
//! Nothing here knows the seed: what a learner is shown does not tell what the laws draw from. Learners' texts are
//! printable and cut ([`text`]) before a report sees them, and escaped by each for its format.

pub mod csv;
pub mod gradescope;
pub mod html;
pub mod junit;
mod kata;
pub mod markdown;
pub mod text;
mod view;

use std::path::Path;
use std::{fs, io};

use engine::state::write_whole;
use serde_json::Value;

pub use kata::{KataView, LawView};
pub use view::View;

/// A report of a submission; `None` where there is nothing to hand on.
type Learner = fn(&View) -> Option<String>;
/// A report of a class.
type Class = fn(&[View]) -> String;

/// The reports of a submission, beside its `result.json`.
pub const OF_A_SUBMISSION: [(&str, Learner); 4] = [
    ("report.html", |view| Some(html::learner(view))),
    ("summary.md", |view| Some(markdown::learner(view))),
    ("junit.xml", |view| Some(junit::learner(view))),
    ("gradescope.json", gradescope::results),
];

/// The reports of a class, beside its `class.json`.
pub const OF_A_CLASS: [(&str, Class); 4] = [
    ("class.html", html::class),
    ("class.md", markdown::class),
    ("class.xml", junit::class),
    ("class.csv", csv::class),
];

/// Writes the reports of a submission into its folder, each whole or not at all.
///
/// # Errors
///
/// As the file system's.
pub fn submission(folder: &Path, result: &Value) -> io::Result<()> {
    let view = View::of(result);
    fs::create_dir_all(folder)?;
    OF_A_SUBMISSION.iter().try_for_each(|(name, report)| put(&folder.join(name), report(&view)))
}

/// Writes the reports of a class.
///
/// # Errors
///
/// As the file system's.
pub fn class(folder: &Path, results: &[Value]) -> io::Result<()> {
    let views: Vec<View> = results.iter().map(View::of).collect();
    fs::create_dir_all(folder)?;
    OF_A_CLASS.iter().try_for_each(|(name, report)| put(&folder.join(name), Some(report(&views))))
}

/// Writes a file where it differs, and takes an old one away where there is none.
fn put(path: &Path, text: Option<String>) -> io::Result<()> {
    let Some(text) = text else {
        return match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    };
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    write_whole(path, text.as_bytes())
}

/// What stands below katas that were judged in one process with their laws.
const ABOUT_IN_PROCESS: &str = "in-process: these katas cannot be asked from afar. Their laws run in one process with them, \
     behind rules that are always enforced, and are a little less sure than the others.";

/// What stands above the findings of the scan.
fn about_advice(view: &View) -> &'static str {
    if view.is_enforced {
        "These lines are against the rules of the assignment, and cost the points of their katas:"
    } else {
        "Advice, which changes no point: these lines are not what the katas ask for."
    }
}
