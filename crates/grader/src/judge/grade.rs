//! One submission, from what was submitted to its verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use engine::catalog::Kata;
use engine::hash::Hash;
use engine::problem::Problem;
use protocol::{KataVerdict, LawVerdict, Status};
use serde_json::Value;

use super::assignment::{Assignment, InProcessState};
use super::earlier::{Earlier, stamps};
use super::faults::ByFile;
use super::graded::Graded;
use super::helpers;
use super::in_process::InProcessRun;
use super::isolated::WorkerRun;
use super::outcome::KataOutcome;
use crate::intake::{self, Submission};

/// What stamps a result: another submission, seed or repository is graded anew.
#[must_use]
pub fn stamp(assignment: &Assignment, submission: &Submission) -> String {
    let parts: Vec<String> = made_of(assignment, submission).into_values().collect();
    Hash::of(parts.join(" ").as_bytes()).to_string()
}

/// The parts of a stamp: so it can be said why a verdict changed.
fn made_of(assignment: &Assignment, submission: &Submission) -> BTreeMap<&'static str, String> {
    let mut laws = assignment.isolated().edition().to_owned();
    if let InProcessState::Ready(judge) = assignment.in_process() {
        laws += judge.edition();
    }
    // A library that came or went makes other verdicts.
    let graded = assignment.katas().iter().filter(|kata| assignment.not_graded(kata).is_none());
    let katas: String = graded.map(|kata| format!("{}\n", kata.id)).collect();
    let (mut stubs, mut texts) = (String::new(), String::new());
    for (id, stub) in assignment.stubs() {
        stubs += &format!("{id}\n{stub}\n");
        texts += &format!("{id}\n{}\n", submission.files.get(id).map_or("", String::as_str));
    }
    submission.helpers.iter().for_each(|(id, helper)| texts += &format!("\n{id}\n{helper}"));
    let hash = |text: &str| Hash::of(text.as_bytes()).to_string();
    [
        ("submission", hash(&texts)),
        ("laws", hash(&format!("{laws}\n{stubs}"))),
        ("katas", hash(&katas)),
        ("seed", hash(&assignment.seed().to_string())),
        ("scan", assignment.policy().mode.word().to_owned()),
        ("grader", assignment.tools().to_owned()),
    ]
    .into()
}

/// Reads a submission as this assignment wants it.
///
/// # Errors
///
/// In one sentence, if it cannot be read.
pub fn read(assignment: &Assignment, paths: &[PathBuf]) -> Result<Submission, String> {
    let wanted: Vec<&str> = assignment.stubs().keys().map(String::as_str).collect();
    intake::read_all(paths, &wanted)
}

/// Grades a submission in this slot.
#[must_use]
pub fn grade(assignment: &Assignment, name: &str, submission: Submission, slot: usize) -> Graded {
    grade_again(assignment, name, submission, slot, &Value::Null)
}

/// The same after an earlier result: milestones that are as they were then are taken over from it.
#[must_use]
pub fn grade_again(
    assignment: &Assignment,
    name: &str,
    submission: Submission,
    slot: usize,
    earlier: &Value,
) -> Graded {
    let began = Instant::now();
    let milestones = stamps(assignment, &submission);
    let earlier = Earlier::of(earlier, &milestones, assignment);
    let mut graded = Graded {
        name: name.to_owned(),
        stamp: stamp(assignment, &submission),
        made_of: made_of(assignment, &submission),
        milestones,
        broken: earlier.broken,
        katas: assignment.katas().iter().map(|kata| (kata.id.clone(), None)).collect(),
        ignored: submission.ignored.clone(),
        sheet: assignment.sheet(),
        scan: assignment.policy().mode,
        ..Graded::default()
    };
    for (id, text) in &submission.files {
        graded.findings.extend(assignment.policy().scan(id, text));
    }
    for (id, text) in &submission.helpers {
        graded.findings.extend(helpers::scan(assignment.policy(), &submission, id, text));
    }
    let grading = Grading { assignment, submission: &submission, earlier: &earlier.outcomes, slot };
    if let Err(problem) = grading.all(&mut graded) {
        graded.error = Some(problem.to_string());
        graded.remedy = problem.remedy();
        graded.is_grader_error = true;
    }
    graded.seconds = began.elapsed().as_secs_f64();
    graded
}

/// Compiled programs, by the ids of their milestones.
type Workers = BTreeMap<String, PathBuf>;

/// One submission on its way through an assignment.
#[derive(Clone, Copy)]
struct Grading<'a> {
    assignment: &'a Assignment,
    submission: &'a Submission,
    /// What is known from an earlier result.
    earlier: &'a BTreeMap<String, KataOutcome>,
    slot: usize,
}

impl Grading<'_> {
    /// Judges what must be judged, and writes down what is known without.
    fn all(self, graded: &mut Graded) -> Result<(), Problem> {
        let assignment = self.assignment;
        let shared = assignment.katas().iter().filter(|it| assignment.shares_a_process(it));
        graded.in_process = shared.map(|it| it.id.clone()).collect();
        let accepted = self.accepted(graded);
        let workers = self.compile(graded, &accepted)?;
        let known: Vec<_> = assignment.katas().iter().map(|kata| self.known(kata, graded)).collect();
        let open = assignment.katas().iter().zip(&known).filter(|(_, known)| known.is_none());
        let (shared, alone): (Vec<&Kata>, Vec<&Kata>) =
            open.map(|(kata, _)| kata).partition(|kata| assignment.shares_a_process(kata));
        let mut judged = self.isolated(&alone, &workers)?;
        judged.extend(self.in_process(&shared, &accepted, graded));
        for ((id, place), known) in graded.katas.iter_mut().zip(known) {
            *place = known.or_else(|| judged.remove(id));
        }
        Ok(())
    }

    /// What was submitted, as far as it may be compiled: what the policy rejects runs nowhere, so that it cannot cost other
    /// files their points.
    fn accepted(self, graded: &Graded) -> ByFile {
        let stub = |id: &String| self.assignment.stubs().get(id);
        let accepted = |(id, text): (&String, &String)| {
            let stub = stub(id)?;
            Some((id.clone(), self.assignment.policy().accepted(&graded.findings, id, text, stub)))
        };
        let helpers = helpers::accepted(self.assignment.policy(), self.submission, graded);
        self.submission.files.iter().filter_map(accepted).chain(helpers).collect()
    }

    /// Compiles a worker for each milestone that has something to be judged.
    fn compile(self, graded: &mut Graded, accepted: &ByFile) -> Result<Workers, Problem> {
        let is_open = |kata: &&Kata| self.known(kata, graded).is_none();
        let open = self.assignment.katas().iter().filter(is_open);
        let wanted: BTreeSet<&str> = open.map(Kata::milestone_id).collect();
        let (folder, cpu) = (self.folder(), self.assignment.timeouts().compiler);
        let isolated = self.assignment.isolated();
        let compiled = isolated.compile(&wanted, accepted, &folder, self.slot, cpu)?;
        graded.broken.extend(compiled.broken);
        Ok(compiled.workers)
    }

    fn isolated(self, katas: &[&Kata], workers: &Workers) -> Result<BTreeMap<String, KataOutcome>, Problem> {
        let (seed, call_timeout) = (self.assignment.seed(), self.assignment.timeouts().call);
        let run = WorkerRun { workers, slot: self.slot, seed, call_timeout, specimen: None };
        let verdicts = self.assignment.isolated().judge(katas, run)?;
        let failed = |problem: Problem| KataOutcome::GraderError(problem.to_string());
        let outcome =
            |verdict: Result<KataVerdict, Problem>| verdict.map_or_else(failed, KataOutcome::Judged);
        Ok(katas.iter().zip(verdicts).map(|(kata, verdict)| (kata.id.clone(), outcome(verdict))).collect())
    }

    /// Judges the katas that share a process with their laws.
    fn in_process(
        self,
        katas: &[&Kata],
        accepted: &ByFile,
        graded: &mut Graded,
    ) -> BTreeMap<String, KataOutcome> {
        let failed = |why: &str| {
            let error = KataOutcome::GraderError(why.to_owned());
            katas.iter().map(|kata| (kata.id.clone(), error.clone())).collect::<BTreeMap<_, _>>()
        };
        if katas.is_empty() {
            return BTreeMap::new();
        }
        let judge = match self.assignment.in_process() {
            InProcessState::Ready(judge) => judge,
            InProcessState::Failed(why) => return failed(why),
            InProcessState::NotNeeded => return failed("it was not judged"),
        };
        let folder = self.folder().join("inside");
        let run = InProcessRun { slot: self.slot, folder: &folder, seed: self.assignment.seed() };
        match judge.judge(accepted, &graded.broken, run) {
            Ok(judged) => {
                graded.broken.extend(judged.broken);
                failed("it was not judged").into_iter().chain(judged.outcomes).collect()
            }
            Err(problem) => failed(&problem.to_string()),
        }
    }

    /// What a kata is found to be without judging it, by the rules first.
    fn known(self, kata: &Kata, graded: &Graded) -> Option<KataOutcome> {
        if let Some(why) = self.assignment.not_graded(kata) {
            // What is not graded cannot be lost.
            return Some(KataOutcome::NotGraded(why));
        }
        if let Some(outcome) = self.earlier.get(&kata.id) {
            return Some(outcome.clone());
        }
        let against = self.assignment.policy().rejects(&graded.findings, &kata.id);
        if let Some(why) = against {
            return Some(KataOutcome::AgainstTheRules(why));
        }
        if graded.broken.contains_key(kata.file_id()) {
            let why = helpers::taken_away(self.assignment.policy(), self.submission, graded, kata);
            return Some(why.map_or(KataOutcome::DoesNotCompile, KataOutcome::AgainstTheRules));
        }
        let stub = self.assignment.stubs().get(kata.file_id());
        let submitted = self.submission.files.get(kata.file_id());
        // That every stub fails every law is proven elsewhere.
        submitted.is_none_or(|text| stub == Some(text)).then(|| KataOutcome::Judged(not_written(kata)))
    }

    /// The slot's own folder.
    fn folder(self) -> PathBuf {
        self.assignment.folder().join(format!("slot-{}", self.slot))
    }
}

fn not_written(kata: &Kata) -> KataVerdict {
    let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Todo)).collect();
    KataVerdict { kata: kata.id.clone(), laws, compiles: true }
}
