//! What is kept of a class as a whole.

use std::fs;
use std::path::Path;

use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;
use protocol::{Status, SubmissionVerdict};
use serde_json::{Value, json};

use super::class_view::ClassView;
use super::formats;
use super::marks::Marker;
use super::result::SCHEMA;
use super::shard::Shard;
use crate::judge::Assignment;

/// What is kept of a class as a whole: enough to grade it again in the same way.
#[must_use]
pub fn summary(assignment: &Assignment, shard: Shard, marker: &Marker, results: &[Value]) -> Value {
    json!({ "schema": SCHEMA, "title": marker.title, "rules": marker.rules, "roster": null, "files": [],
            "exports": null,
            "seed": assignment.seed(), "features": assignment.features(),
            "scan": assignment.policy().mode.word(), "version": env!("CARGO_PKG_VERSION"),
            "assignment": assignment.identity(), "shard": shard.to_json(),
            "submissions": results.iter().map(brief).collect::<Vec<_>>() })
}

/// What a class needs of a result: of the laws only the names of those that are broken. A thousand whole ones would fill
/// the memory.
#[must_use]
pub fn slim(mut result: Value) -> Value {
    for kata in result["katas"].as_array_mut().into_iter().flatten() {
        let laws = kata["laws"].as_array().cloned().unwrap_or_default();
        let known = [Status::Held, Status::Todo].map(Status::word);
        let is_broken = |law: &&Value| known.iter().all(|word| law["status"] != *word);
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
    formats::class(out, &ClassView::of(summary, results)).doing("write the reports in", out)?;
    let path = out.join("class.json");
    write_whole(&path, format!("{summary:#}").as_bytes()).doing("write", &path)
}

/// What the verdicts on a class mean to a script.
#[must_use]
pub fn exit(results: &[Value]) -> Exit {
    let any = |verdict: SubmissionVerdict| results.iter().any(|it| it["verdict"] == verdict.word());
    match () {
        () if any(SubmissionVerdict::GraderError) => Exit::Environment,
        () if any(SubmissionVerdict::Unreadable) => Exit::Broken,
        () => Exit::Fine,
    }
}
