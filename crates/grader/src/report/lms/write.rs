use std::path::Path;
use std::{fs, io};

use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use serde_json::{Value, json};

use super::grades::{ExportRules, Grades};
use super::{canvas, learners, moodle};
use crate::report::text::line;
use crate::report::view::View;
use crate::roster::{Joined, Roster, RosterLearner};

/// The files that are written, where there is something to write.
pub const FILES: [&str; 3] = ["learners.csv", "moodle.csv", "canvas.csv"];

/// How roster and submissions fit together, as a class keeps it.
fn describe(roster: &Roster, joined: &Joined) -> Value {
    let learner = |place: &usize| &roster.learners[*place];
    let named = |it: &RosterLearner| json!({ "name": it.called(), "number": it.number });
    json!({
        "learners": roster.learners.len(),
        "missing": joined.missing.iter().map(|place| named(learner(place))).collect::<Vec<_>>(),
        "twice": joined.twice.iter().map(|(place, names)| {
            json!({ "name": learner(place).called(), "submissions": names })
        }).collect::<Vec<_>>(),
        "unknown": joined.unknown.iter().map(|(name, why)| {
            json!({ "submission": name, "why": why })
        }).collect::<Vec<_>>(),
    })
}

/// Adds to what is kept of a class how its roster and its submissions fit together and, of a whole class, writes the files
/// that learning platforms import. Returns what an instructor should know, in lines for a terminal.
///
/// # Errors
///
/// [`Problem::File`] if a file cannot be written.
pub fn export(
    out: &Path,
    roster: &Roster,
    joined: &Joined,
    rules: &ExportRules,
    is_whole: bool,
    class: &mut Value,
    results: &[Value],
) -> Result<Vec<String>, Problem> {
    class["roster"] = describe(roster, joined);
    let mut said = fitting(roster, joined);
    if is_whole {
        let (files, remarks) = write(out, roster, joined, rules, results)?;
        class["files"] = files.into();
        said.extend(remarks);
    }
    Ok(said)
}

/// Writes the exports of a class, and says which there are and what an instructor should know about them.
fn write(
    out: &Path,
    roster: &Roster,
    joined: &Joined,
    rules: &ExportRules,
    results: &[Value],
) -> Result<(Vec<String>, Vec<String>), Problem> {
    let views: Vec<View> = results.iter().map(View::head).collect();
    let grades = Grades::new(roster, joined, rules, &views);
    let exports =
        [Some((learners::export(&grades), Vec::new())), moodle::export(&grades), canvas::export(&grades)];
    let (mut files, mut remarks) = (Vec::new(), Vec::new());
    fs::create_dir_all(out).doing("make the folder", out)?;
    for (name, export) in FILES.into_iter().zip(exports) {
        let path = out.join(name);
        match export {
            Some((text, said)) => {
                write_whole(&path, text.as_bytes()).doing("write", &path)?;
                files.push(name.to_owned());
                remarks.extend(said);
            }
            // An old one would be taken for a new one.
            None => match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(error).doing("remove", &path);
                }
                _ => {}
            },
        }
    }
    if rules.missing_is_zero && !joined.unknown.is_empty() && !joined.missing.is_empty() {
        remarks.push(
            "No one without a submission is exported with 0 points as long as a submission is of no known \
             learner: it may be theirs."
                .to_owned(),
        );
    }
    Ok((files, remarks))
}

/// How roster and submissions fit together, in lines for a terminal.
#[must_use]
pub fn fitting(roster: &Roster, joined: &Joined) -> Vec<String> {
    let called = |place: &usize| roster.learners[*place].called();
    let mut said = Vec::new();
    if !joined.missing.is_empty() {
        let names: Vec<&str> = joined.missing.iter().map(called).collect();
        let (count, of) = (names.len(), roster.learners.len());
        said.push(line(&format!("not submitted by {count} of {of}: {}", names.join(", ")), 2000));
    }
    for (place, names) in &joined.twice {
        let (who, names) = (called(place), names.join(", "));
        said.push(line(&format!("submitted twice by {who}, none is exported: {names}"), 500));
    }
    for (name, why) in &joined.unknown {
        said.push(line(&format!("of no known learner: {name}: {why}"), 500));
    }
    said
}
