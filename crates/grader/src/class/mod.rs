//! Many submissions: several at a time, each verdict kept as soon as it is there, and taken up again where it stopped.

mod table;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, thread};

use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;
use serde_json::{Value, json};

use crate::assignment::Assignment;
use crate::grade::{grade, read, stamp};
use crate::merge::{Shard, identity};
use crate::report;
use crate::result::{Graded, finished};
use crate::{seed, slot, submission};

pub use table::table;

/// A submission that waits: its name and where it lies.
type Waiting = (String, PathBuf);

/// The submissions that these paths hold, each under a name of its own.
///
/// # Errors
///
/// [`Problem::File`] if a folder cannot be read.
pub fn collect(paths: &[PathBuf]) -> Result<Vec<Waiting>, Problem> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if submission::is_one(path) {
            // Whoever names a link means what it leads to; one that lies in a folder of many is nobody's submission.
            found.push(path.canonicalize().unwrap_or_else(|_| path.clone()));
            continue;
        }
        let entries = fs::read_dir(path).doing("read", path)?;
        let hidden = |path: &Path| path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        let mut within: Vec<_> = entries.flatten().map(|it| it.path()).filter(|it| !hidden(it)).collect();
        within.sort();
        found.extend(within);
    }
    let mut taken = BTreeSet::new();
    let named = found.into_iter().map(|path| {
        let name = free(submission::name(&path));
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        // Also on a file system that does not tell Ada from ada.
        let mut unused = |name: &String| taken.insert(name.to_lowercase());
        (std::iter::once(name.clone()).chain(numbered).find(&mut unused).unwrap_or(name), path)
    });
    Ok(named.collect())
}

/// What is written of the class itself has its names; a submission that bears one gets another.
fn free(name: String) -> String {
    let taken = report::OF_A_CLASS.iter().any(|(file, _)| *file == name)
        || ["class.json", seed::KEPT_IN].contains(&name.as_str());
    if taken { format!("{name}_") } else { name }
}

/// Grades them, `jobs` at a time. `say` is told each verdict as it comes.
///
/// # Errors
///
/// [`Problem::File`] if the results cannot be written.
pub fn run(
    assignment: &Assignment,
    waiting: Vec<Waiting>,
    out: &Path,
    jobs: usize,
    say: &(dyn Fn(&Value, bool) + Sync),
) -> Result<Vec<Value>, Problem> {
    let order: Vec<String> = waiting.iter().map(|(name, _)| name.clone()).collect();
    let queue = Mutex::new(VecDeque::from(waiting));
    let done: Mutex<BTreeMap<String, Value>> = Mutex::new(BTreeMap::new());
    let failed: Mutex<Option<Problem>> = Mutex::new(None);
    let work = |slot: usize| {
        slot::settle(slot);
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((name, path)) = next else { return };
            match one(assignment, &name, &path, out, slot) {
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
    path: &Path,
    out: &Path,
    slot: usize,
) -> Result<(Value, bool), Problem> {
    let folder = out.join(name);
    let graded = match read(assignment, path) {
        Ok(submission) => {
            if let Some(value) = finished(&folder, &stamp(assignment, &submission)) {
                report::submission(&folder, &value).doing("write", &folder)?;
                return Ok((value, true));
            }
            grade(assignment, name, submission, slot)
        }
        Err(error) => Graded {
            name: name.to_owned(),
            katas: assignment.katas.iter().map(|kata| (kata.id.clone(), None)).collect(),
            error: Some(error),
            sheet: assignment.sheet.clone(),
            scan: assignment.policy.to_json(&[]),
            ..Graded::default()
        },
    };
    graded.write(&folder).doing("write", &folder)?;
    let value = graded.to_json();
    report::submission(&folder, &value).doing("write", &folder)?;
    Ok((value, false))
}

/// What is kept of a class as a whole: enough to grade it again in the same way.
#[must_use]
pub fn summary(assignment: &Assignment, shard: Shard, results: &[Value]) -> Value {
    json!({ "schema": 1, "seed": assignment.seed, "features": assignment.features, "scan": assignment.policy.mode.word(),
            "version": env!("CARGO_PKG_VERSION"), "assignment": identity(assignment), "shard": shard.to_json(),
            "submissions": results.iter().map(brief).collect::<Vec<_>>() })
}

/// What a class needs of a result: of the laws only the names of those that are broken. A thousand whole ones would fill
/// the memory.
#[must_use]
pub fn slim(mut result: Value) -> Value {
    for kata in result["katas"].as_array_mut().into_iter().flatten() {
        let laws = kata["laws"].as_array().cloned().unwrap_or_default();
        let is_broken = |law: &&Value| law["status"] != "held" && law["status"] != "todo";
        let named = |law: &Value| json!({ "law": law["law"], "status": law["status"] });
        kata["laws"] = laws.iter().filter(is_broken).map(named).collect();
    }
    result["does_not_compile"] = json!({});
    result
}

/// A submission in the list of its class.
#[must_use]
pub fn brief(result: &Value) -> Value {
    json!({ "submission": result["submission"], "verdict": result["verdict"], "points": result["points"],
            "possible": result["possible"], "error": result["error"], "seconds": result["seconds"] })
}

/// Writes what is kept of a class, and its reports.
///
/// # Errors
///
/// [`Problem::File`] if that fails.
pub fn write(out: &Path, summary: &Value, results: &[Value]) -> Result<(), Problem> {
    fs::create_dir_all(out).doing("make the folder", out)?;
    report::class(out, results).doing("write the reports in", out)?;
    let path = out.join("class.json");
    write_whole(&path, format!("{summary:#}").as_bytes()).doing("write", &path)
}

/// What the verdicts on a class mean to a script.
#[must_use]
pub fn exit(results: &[Value]) -> Exit {
    let any = |verdict: &str| results.iter().any(|it| it["verdict"] == verdict);
    match () {
        () if any("GRADER_ERROR") => Exit::Environment,
        () if any("unreadable") => Exit::Broken,
        () => Exit::Fine,
    }
}
