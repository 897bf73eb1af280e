//! Many submissions: several at a time, each verdict kept as soon as it is there, and resumed where it stopped.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use engine::problem::{Doing, Problem};
use serde_json::Value;

use crate::intake::{self, Collected, NamedSubmission};
use crate::judge::{Assignment, Graded, grade_again, read, stamp};
use crate::report::{self, Marker, class::slim, result};

/// The submissions that these paths hold, each under a name of its own.
///
/// # Errors
///
/// [`Problem::File`] if a folder cannot be read.
pub fn collect(paths: &[PathBuf]) -> Result<Collected, Problem> {
    intake::collect(paths, &report::reserved_names())
}

/// Each of these paths as one submission, whatever lies in it, under a name of its own.
#[must_use]
pub fn each_by_itself(paths: &[PathBuf]) -> Vec<NamedSubmission> {
    intake::each_by_itself(paths, &report::reserved_names())
}

/// Grades them, `jobs` at a time. `say` is called with each verdict as it comes.
///
/// # Errors
///
/// [`Problem::File`] if the results cannot be written.
pub fn run(
    assignment: &Assignment,
    waiting: Vec<NamedSubmission>,
    out: &Path,
    jobs: usize,
    marker: &Marker,
    say: &(dyn Fn(&Value, bool) + Sync),
) -> Result<Vec<Value>, Problem> {
    let order: Vec<String> = waiting.iter().map(|(name, _)| name.clone()).collect();
    let queue = Mutex::new(VecDeque::from(waiting));
    let done: Mutex<BTreeMap<String, Value>> = Mutex::new(BTreeMap::new());
    let failed: Mutex<Option<Problem>> = Mutex::new(None);
    let work = |slot: usize| {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((name, paths)) = next else { return };
            match one(assignment, &name, &paths, out, marker, slot) {
                Ok((value, known)) => {
                    say(&value, known);
                    let value = slim(value);
                    done.lock().unwrap_or_else(PoisonError::into_inner).insert(name, value);
                }
                Err(problem) => {
                    // Without a place for results nothing more can be done.
                    queue.lock().unwrap_or_else(PoisonError::into_inner).clear();
                    *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
                }
            }
        }
    };
    let work = &work;
    thread::scope(|scope| (0..jobs).for_each(|slot| drop(scope.spawn(move || work(slot)))));
    if let Some(problem) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(problem);
    }
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(order.iter().filter_map(|name| done.remove(name)).collect())
}

/// The verdict on one, and whether it was known already.
fn one(
    assignment: &Assignment,
    name: &str,
    paths: &[PathBuf],
    out: &Path,
    marker: &Marker,
    slot: usize,
) -> Result<(Value, bool), Problem> {
    let folder = out.join(name);
    let graded = match read(assignment, paths) {
        Ok(submission) => {
            if let Some(mut value) = result::finished(&folder, &stamp(assignment, &submission)) {
                let before = value.clone();
                marker.mark(&mut value);
                if value != before {
                    result::write(&value, &folder).doing("write", &folder)?;
                }
                report::submission(&folder, &value).doing("write", &folder)?;
                return Ok((value, true));
            }
            grade_again(assignment, name, submission, slot, &result::earlier(&folder))
        }
        Err(error) => Graded {
            name: name.to_owned(),
            katas: assignment.katas().iter().map(|kata| (kata.id.clone(), None)).collect(),
            error: Some(error),
            sheet: assignment.sheet(),
            scan: assignment.policy().mode,
            ..Graded::default()
        },
    };
    let mut value = result::to_json(&graded);
    marker.mark(&mut value);
    result::write(&value, &folder).doing("write", &folder)?;
    report::submission(&folder, &value).doing("write", &folder)?;
    Ok((value, false))
}
