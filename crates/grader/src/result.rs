//! The verdict on a submission: written by the grader alone, when every worker is dead, in one piece.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use protocol::{KataVerdict, LawVerdict, State};
use serde_json::{Value, json};

use crate::scan::{Finding, Policy};
use crate::sheet::Sheet;

/// What a kata was found to be.
#[derive(Debug, Clone)]
pub enum Found {
    /// Judged, by its laws.
    Judged(KataVerdict),
    /// Its file does not compile.
    Refused,
    /// The scan found something that costs its points: this, on that line.
    AgainstTheRules(String),
    /// It cannot be judged here, for this reason: no point is given or taken.
    NotGraded(String),
    /// The grader failed: no point is given or taken.
    GraderError(String),
}

/// The verdict on a submission.
#[derive(Debug, Clone, Default)]
pub struct Graded {
    /// The name of the submission.
    pub name: String,
    /// What stamps the assignment, its seed and what was handed in: another stamp is graded anew.
    pub stamp: String,
    /// Each kata in order.
    pub katas: Vec<(String, Option<Found>)>,
    /// The files that do not compile, and what rustc says.
    pub refused: BTreeMap<String, String>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
    /// The katas that are judged in one process with their laws, which is less sure.
    pub beside: BTreeSet<String>,
    /// Why nothing could be graded.
    pub error: Option<String>,
    /// Whether that is the grader's fault.
    pub is_grader_error: bool,
    /// Seconds that it took.
    pub seconds: f64,
    /// What could be earned.
    pub sheet: Arc<Sheet>,
    /// What the scan found,
    pub findings: Vec<Finding>,
    /// and in which mode.
    pub scan: Value,
}

impl Graded {
    /// The points: one for each kata whose laws all hold.
    #[must_use]
    pub fn points(&self) -> usize {
        let holds = |found: &Found| matches!(found, Found::Judged(it) if it.state() == State::Holds);
        self.katas.iter().filter(|(_, found)| found.as_ref().is_some_and(holds)).count()
    }

    /// The katas that points were given or refused for.
    #[must_use]
    pub fn possible(&self) -> usize {
        let counts = |found: &Option<Found>| !matches!(found, Some(Found::NotGraded(_)));
        self.katas.iter().filter(|(_, found)| counts(found)).count()
    }

    /// Whether the grader failed in any part.
    #[must_use]
    pub fn has_grader_error(&self) -> bool {
        self.is_grader_error || self.katas.iter().any(|(_, it)| matches!(it, Some(Found::GraderError(_))))
    }

    /// In one word, for a line and a table.
    #[must_use]
    pub fn word(&self) -> &'static str {
        if self.has_grader_error() {
            "GRADER_ERROR"
        } else if self.error.is_some() {
            "unreadable"
        } else {
            "graded"
        }
    }

    /// For programs: `crates/grader/result.schema.json` describes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let katas: Vec<_> = self.katas.iter().map(|(id, found)| self.kata(id, found.as_ref())).collect();
        json!({
            "schema": 1, "submission": self.name, "stamp": self.stamp, "verdict": self.word(),
            "points": self.points(), "possible": self.possible(), "error": self.error,
            "katas": katas, "does_not_compile": self.refused, "ignored": self.ignored, "seconds": self.seconds,
            "scan": if self.scan.is_null() { Policy::default().to_json(&[]) } else { self.scan.clone() },
        })
    }

    /// Writes it below `out`, whole or not at all.
    ///
    /// # Errors
    ///
    /// As the file system's.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let (half, whole) = (folder.join(".result.half"), folder.join("result.json"));
        let mut file = fs::File::create(&half)?;
        file.write_all(serde_json::to_string_pretty(&self.to_json())?.as_bytes())?;
        file.sync_all()?;
        fs::rename(half, whole)
    }

    fn kata(&self, id: &str, found: Option<&Found>) -> Value {
        let of = self.sheet.laws.get(id).copied().unwrap_or_default();
        let bare = |state: &str, why: Option<&str>| {
            json!({ "kata": id, "state": state, "points": 0, "assurance": "none", "why": why, "held": 0, "of": of,
                    "laws": [] })
        };
        match found {
            Some(Found::Judged(verdict)) => json!({
                "kata": id,
                "state": verdict.state().words(),
                "points": u8::from(verdict.state() == State::Holds),
                "assurance": if self.beside.contains(id) { "in-process" } else { "channel" },
                "why": null,
                "held": self.sheet.held(verdict),
                "of": of,
                "laws": verdict.laws.iter().map(|it| self.law(it)).collect::<Vec<_>>(),
            }),
            Some(Found::Refused) => bare("does not compile", None),
            Some(Found::AgainstTheRules(why)) => bare("against the rules", Some(why)),
            Some(Found::NotGraded(why)) => bare("not graded", Some(why)),
            Some(Found::GraderError(why)) => bare("grader error", Some(why)),
            None => bare("not judged", None),
        }
    }

    /// A law's verdict; what the learner's code says is cut and printable.
    fn law(&self, verdict: &LawVerdict) -> Value {
        let text = |text: &str| -> String {
            text.chars().filter(|c| !c.is_control() || *c == '\n').take(2000).collect()
        };
        json!({
            "law": verdict.law, "status": verdict.status.word(), "snapshot": self.sheet.snapshots.contains(&verdict.test),
            "with": text(&verdict.with), "got": text(&verdict.got), "want": text(&verdict.want),
            "look": text(&verdict.look),
        })
    }
}

/// The result that was written here before, if it bears this stamp and is no grader error.
#[must_use]
pub fn finished(folder: &Path, stamp: &str) -> Option<Value> {
    let text = fs::read_to_string(folder.join("result.json")).ok()?;
    let value: Value = serde_json::from_str(&text).ok()?;
    (value["stamp"] == stamp && value["verdict"] != "GRADER_ERROR").then_some(value)
}
