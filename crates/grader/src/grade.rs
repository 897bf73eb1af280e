//! One submission, from what was handed in to its verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use engine::catalogue::Kata;
use engine::hash::Hash;
use engine::problem::Problem;
use protocol::{KataVerdict, LawVerdict, Status};

use crate::assignment::Assignment;
use crate::beside::judged_beside;
use crate::compile::{Compiled, compile};
use crate::judge::{Asked, judge};
use crate::result::{Found, Graded};
use crate::submission::{self, Submission};

/// What stamps a result: another submission, seed or repository is graded anew.
#[must_use]
pub fn stamp(assignment: &Assignment, submission: &Submission) -> String {
    let mode = assignment.policy.mode.word();
    let mut text = format!("{} {mode} {}", assignment.seed, assignment.edition);
    text += assignment.inside.as_ref().map_or("", |inside| inside.edition());
    // A library that came or went makes other verdicts.
    let graded = assignment.katas.iter().filter(|kata| assignment.stays(kata).is_none());
    graded.for_each(|kata| text += &format!("\n{}", kata.id));
    for (id, stub) in &assignment.stubs {
        text += &format!("\n{id}\n{stub}\n{}", submission.files.get(id).map_or("", String::as_str));
    }
    Hash::of(text.as_bytes()).to_string()
}

/// Reads a submission as this assignment wants it.
///
/// # Errors
///
/// In one sentence, if it cannot be read.
pub fn read(assignment: &Assignment, path: &Path) -> Result<Submission, String> {
    submission::read(path, &|id| assignment.stubs.contains_key(id))
}

/// Grades a submission in this slot.
#[must_use]
pub fn grade(assignment: &Assignment, name: &str, submission: Submission, slot: usize) -> Graded {
    let began = Instant::now();
    let mut graded = Graded {
        name: name.to_owned(),
        stamp: stamp(assignment, &submission),
        katas: assignment.katas.iter().map(|kata| (kata.id.clone(), None)).collect(),
        ignored: submission.ignored.clone(),
        sheet: assignment.sheet.clone(),
        ..Graded::default()
    };
    for (id, text) in &submission.files {
        graded.findings.extend(assignment.policy.scan(id, text));
    }
    graded.scan = assignment.policy.to_json(&graded.findings);
    let folder = assignment.folder.join(format!("slot-{slot}"));
    let is_open = |kata: &Kata| found(assignment, kata, &submission, &graded).is_none();
    let compiled = if assignment.katas.iter().any(is_open) {
        compile(assignment, &submission.files, &folder, slot)
    } else {
        // Nothing of it need run: it is not even compiled.
        Ok(Compiled { worker: PathBuf::new(), refused: BTreeMap::new() })
    };
    match compiled {
        Ok(compiled) => {
            graded.refused = compiled.refused;
            let asked = Asked { worker: &compiled.worker, slot, specimen: None };
            if let Err(problem) = all(assignment, &submission, &mut graded, asked) {
                graded.error = Some(problem.to_string());
                graded.is_grader_error = true;
            }
        }
        Err(problem) => {
            graded.error = Some(problem.to_string());
            graded.is_grader_error = true;
        }
    }
    graded.seconds = began.elapsed().as_secs_f64();
    graded
}

/// Judges what must be asked, and writes down what is known without asking.
fn all(
    assignment: &Assignment,
    submission: &Submission,
    graded: &mut Graded,
    asked: Asked<'_>,
) -> Result<(), Problem> {
    let found: Vec<Option<Found>> =
        assignment.katas.iter().map(|kata| found(assignment, kata, submission, graded)).collect();
    let open = |(kata, found): (_, &Option<Found>)| found.is_none().then_some(kata);
    let open: Vec<&Kata> = assignment.katas.iter().zip(&found).filter_map(open).collect();
    let (beside, alone): (Vec<&Kata>, Vec<&Kata>) =
        open.into_iter().partition(|kata| assignment.alone(kata).is_some());
    let judged = judge(assignment, &alone, asked)?;
    let mut judged: BTreeMap<&str, Found> = alone
        .iter()
        .zip(judged)
        .map(|(kata, verdict)| {
            let failed = |problem: Problem| Found::GraderError(problem.to_string());
            (kata.id.as_str(), verdict.map_or_else(failed, Found::Judged))
        })
        .collect();
    let mut inside = judged_beside(assignment, submission, graded, &beside, asked.slot);
    graded.beside =
        assignment.katas.iter().filter(|it| assignment.alone(it).is_some()).map(|it| it.id.clone()).collect();
    for ((id, place), found) in graded.katas.iter_mut().zip(found) {
        *place = found.or_else(|| judged.remove(id.as_str())).or_else(|| inside.remove(id));
    }
    Ok(())
}

/// What a kata is found to be without asking it, by the rules first.
fn found(assignment: &Assignment, kata: &Kata, submission: &Submission, graded: &Graded) -> Option<Found> {
    match known(assignment, kata, submission, &graded.refused) {
        // What nobody is graded for, nobody can lose.
        Some(Found::NotGraded(why)) => Some(Found::NotGraded(why)),
        known => {
            let against = assignment.policy.refuses(&graded.findings, &kata.id);
            against.map(Found::AgainstTheRules).or(known)
        }
    }
}

/// What a kata is found to be by what was handed in.
fn known(
    assignment: &Assignment,
    kata: &Kata,
    submission: &Submission,
    refused: &BTreeMap<String, String>,
) -> Option<Found> {
    if let Some(why) = assignment.stays(kata) {
        return Some(Found::NotGraded(why));
    }
    if refused.contains_key(kata.file_id()) {
        return Some(Found::Refused);
    }
    let handed_in = submission.files.get(kata.file_id());
    let is_stub = handed_in.is_none_or(|text| assignment.stubs.get(kata.file_id()) == Some(text));
    // That every stub fails every law is proven elsewhere.
    is_stub.then(|| Found::Judged(not_written(kata)))
}

fn not_written(kata: &Kata) -> KataVerdict {
    let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Todo)).collect();
    KataVerdict { kata: kata.id.clone(), laws, compiles: true }
}
