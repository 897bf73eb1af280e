use std::path::Path;
use std::{fs, io};

use engine::state::write_whole;
use serde_json::Value;

use super::class_view::ClassView;
use super::view::View;
use super::{csv, gradescope, html, junit, markdown};

/// A report of a submission; `None` where there is nothing to hand on.
type Learner = fn(&View) -> Option<String>;
/// A report of a class.
type Class = fn(&ClassView) -> String;

/// The reports of a submission, next to its `result.json`.
pub const OF_A_SUBMISSION: [(&str, Learner); 4] = [
    ("report.html", |view| Some(html::learner(view))),
    ("summary.md", |view| Some(markdown::learner(view))),
    ("junit.xml", |view| Some(junit::learner(view))),
    ("gradescope.json", gradescope::results),
];

/// The reports of a class, next to its `class.json`.
pub const OF_A_CLASS: [(&str, Class); 5] = [
    ("class.html", html::class),
    ("class.md", markdown::class),
    ("class.xml", junit::class),
    ("class.csv", csv::class),
    ("points.csv", csv::points),
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
pub fn class(folder: &Path, class: &ClassView) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    OF_A_CLASS.iter().try_for_each(|(name, report)| put(&folder.join(name), Some(report(class))))
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
