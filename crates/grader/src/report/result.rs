//! The verdict on a submission: written by the grader alone, when every worker is dead, in one piece.

use std::fs;
use std::io;
use std::path::Path;

use engine::state::write_whole;
use protocol::{Assurance, GradeState, LawVerdict, State, SubmissionVerdict};
use serde_json::{Value, json};

use crate::judge::{Graded, KataOutcome};
use crate::scan::{Finding, Mode};

/// The form of results. An older one is no result: its submission is graded again.
pub(super) const SCHEMA: u64 = 2;

/// For programs: `crates/grader/result.schema.json` describes it. A kata whose laws all hold has one point; a
/// [`Marker`](super::Marker) gives others.
#[must_use]
pub fn to_json(graded: &Graded) -> Value {
    let katas: Vec<_> = graded.katas.iter().map(|(id, outcome)| kata(graded, id, outcome.as_ref())).collect();
    json!({
        "schema": SCHEMA, "title": null, "learners": [],
        "submission": graded.name, "stamp": graded.stamp, "verdict": graded.verdict().word(),
        "points": graded.points(), "possible": graded.possible(), "error": graded.error,
        "remedy": graded.remedy,
        "katas": katas, "does_not_compile": graded.broken, "ignored": graded.ignored,
        "seconds": graded.seconds, "scan": scan(graded.scan, &graded.findings),
        "late": null, "override": null, "changes": [], "made_of": graded.made_of,
        "milestones": graded.milestones,
    })
}

/// Writes it into this folder, whole or not at all.
///
/// # Errors
///
/// As the file system's.
pub fn write(result: &Value, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    write_whole(&folder.join("result.json"), serde_json::to_string_pretty(result)?.as_bytes())
}

/// The result that was written here before, if it bears this stamp and is no grader error.
#[must_use]
pub fn finished(folder: &Path, stamp: &str) -> Option<Value> {
    let text = fs::read_to_string(folder.join("result.json")).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    let verdict = SubmissionVerdict::of(value["verdict"].as_str()?)?;
    (value["schema"] == SCHEMA && value["stamp"] == stamp && verdict != SubmissionVerdict::GraderError)
        .then_some(value)
}

/// What was written here before, of this form; null where nothing was.
#[must_use]
pub fn earlier(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("result.json")).unwrap_or_default();
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    if value["schema"] == SCHEMA { value } else { Value::Null }
}

fn scan(mode: Mode, findings: &[Finding]) -> Value {
    json!({ "mode": mode.word(), "findings": findings.iter().map(Finding::to_json).collect::<Vec<_>>() })
}

fn kata(graded: &Graded, id: &str, outcome: Option<&KataOutcome>) -> Value {
    let of = graded.sheet.laws.get(id).copied().unwrap_or_default();
    let state = outcome.map_or(GradeState::NotJudged, KataOutcome::state);
    let verdict = match outcome {
        Some(KataOutcome::Judged(verdict)) => Some(verdict),
        _ => None,
    };
    let assurance = match verdict {
        None => Assurance::None,
        Some(_) if graded.in_process.contains(id) => Assurance::InProcess,
        Some(_) => Assurance::Channel,
    };
    let laws = verdict.map_or(&[][..], |it| &it.laws).iter().map(|it| law(graded, it));
    json!({
        "kata": id,
        "state": state.words(),
        "points": u8::from(state == GradeState::Judged(State::Holds)),
        "possible": u8::from(state.counts()),
        "override": null,
        "assurance": assurance.word(),
        "why": outcome.and_then(KataOutcome::why),
        "held": verdict.map_or(0, |it| graded.sheet.held(it)),
        "of": of,
        "laws": laws.collect::<Vec<_>>(),
    })
}

/// A law's verdict; what the learner's code says is cut and printable.
fn law(graded: &Graded, verdict: &LawVerdict) -> Value {
    let text = |text: &str| -> String {
        text.chars().filter(|c| !c.is_control() || *c == '\n').take(2000).collect()
    };
    json!({
        "law": verdict.law, "tier": verdict.tier().word(), "status": verdict.status.word(),
        "snapshot": graded.sheet.snapshots.contains(&verdict.test),
        "with": text(&verdict.with), "got": text(&verdict.got), "want": text(&verdict.want),
        "look": text(&verdict.look),
    })
}
