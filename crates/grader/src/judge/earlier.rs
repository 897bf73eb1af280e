//! What an earlier result says already: milestones whose files are as they were are neither compiled nor judged again.

use std::collections::{BTreeMap, BTreeSet};

use engine::catalog::Kata;
use engine::hash::Hash;
use protocol::{GradeState, KataVerdict, LawVerdict, State, Status};
use serde_json::Value;

use super::assignment::{Assignment, InProcessState};
use super::faults::ByFile;
use super::outcome::KataOutcome;
use crate::intake::{Submission, milestone};

/// The stamps of a submission's milestones.
pub(super) type Stamps = BTreeMap<String, String>;

/// What each milestone's verdicts depend on, in a hash: the texts of its files and of the modules that they may use, their
/// outlines, its laws and what they are built of, the seed, the scan, the compiler and this program.
pub(super) fn stamps(assignment: &Assignment, submission: &Submission) -> Stamps {
    let katas = assignment.katas();
    let all: BTreeSet<&str> = katas.iter().map(Kata::milestone_id).collect();
    let shares = |id: &str| {
        let mut its = katas.iter().filter(|kata| kata.milestone_id() == id);
        its.any(|kata| assignment.shares_a_process(kata))
    };
    let stamp = |id: &str| {
        let mut text = assignment.tools().to_owned();
        text += &format!(" {} {:?}", assignment.seed(), assignment.policy().mode);
        text += &format!(" {:?}", assignment.timeouts());
        // What shares a process with its laws is compiled with all that does.
        let with = all.iter().filter(|other| **other == id || shares(id) && shares(other));
        if let (true, InProcessState::Ready(judge)) = (shares(id), assignment.in_process()) {
            text += judge.edition();
        }
        for id in with {
            text += &of_one(assignment, submission, id);
        }
        Hash::of(text.as_bytes()).to_string()
    };
    all.iter().map(|id| ((*id).to_owned(), stamp(id))).collect()
}

/// What a milestone's verdicts depend on that is its own.
fn of_one(assignment: &Assignment, submission: &Submission, id: &str) -> String {
    let mut text = format!("\n{id} {}", assignment.isolated().edition_of(id));
    let its = assignment.katas().iter().filter(|kata| kata.milestone_id() == id);
    its.for_each(|kata| text += &format!("\n{} {:?}", kata.id, assignment.not_graded(kata)));
    for (file, stub) in assignment.stubs().iter().filter(|(file, _)| milestone(file) == id) {
        let written = submission.files.get(file).map_or("", String::as_str);
        text += &format!("\n{file}\n{stub}\n{written}");
    }
    let is_near = |file: &&String| milestone(file) == id || !file.contains('/');
    for file in submission.helpers.keys().filter(is_near) {
        text += &format!("\n{file}\n{}", submission.helpers[file]);
    }
    text
}

/// What is taken over.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// The outcomes of the katas of unchanged milestones.
    pub(super) outcomes: BTreeMap<String, KataOutcome>,
    /// What rustc said about their files.
    pub(super) broken: ByFile,
}

impl Earlier {
    /// What this result says of the milestones whose stamps are the same now. A milestone in which the grader failed is open.
    pub(super) fn of(result: &Value, now: &Stamps, assignment: &Assignment) -> Self {
        let mut earlier = Self::default();
        for id in now.iter().filter(|(id, stamp)| result["milestones"][id] == **stamp).map(|(id, _)| id) {
            let its = assignment.katas().iter().filter(|kata| kata.milestone_id() == id);
            let outcomes = its.map(|kata| Some((kata.id.clone(), outcome(result, kata)?)));
            let Some(outcomes) = outcomes.collect::<Option<BTreeMap<_, _>>>() else { continue };
            earlier.outcomes.extend(outcomes);
            let said = result["does_not_compile"].as_object().into_iter().flatten();
            let its = said.filter(|(file, _)| milestone(file) == id || !file.contains('/'));
            earlier
                .broken
                .extend(its.filter_map(|(file, said)| Some((file.clone(), said.as_str()?.to_owned()))));
        }
        earlier
    }
}

/// What a result says of a kata; `None` where it says nothing that lasts.
fn outcome(result: &Value, kata: &Kata) -> Option<KataOutcome> {
    let found = result["katas"].as_array()?.iter().find(|it| it["kata"] == kata.id)?;
    let why = || found["why"].as_str().map(ToOwned::to_owned);
    match GradeState::of(found["state"].as_str()?)? {
        GradeState::GraderError | GradeState::NotJudged => None,
        GradeState::NotGraded => Some(KataOutcome::NotGraded(why()?)),
        GradeState::AgainstTheRules => Some(KataOutcome::AgainstTheRules(why()?)),
        GradeState::Judged(State::DoesNotCompile) => Some(KataOutcome::DoesNotCompile),
        GradeState::Judged(state) => {
            let said = found["laws"].as_array()?;
            let laws = kata.laws.iter().map(|it| law(said, &it.test)).collect::<Option<Vec<_>>>()?;
            let verdict = KataVerdict { kata: kata.id.clone(), laws, compiles: true };
            // What is read says what was written, or it is judged again.
            (verdict.state() == state).then_some(KataOutcome::Judged(verdict))
        }
    }
}

fn law(said: &[Value], test: &str) -> Option<LawVerdict> {
    let bare = LawVerdict::bare(test, Status::Unjudged);
    let it = said.iter().find(|it| it["law"] == bare.law && it["tier"] == bare.tier().word())?;
    let text = |key: &str| it[key].as_str().map(ToOwned::to_owned);
    Some(LawVerdict {
        status: Status::of(it["status"].as_str()?)?,
        with: text("with")?,
        got: text("got")?,
        want: text("want")?,
        look: text("look")?,
        ..bare
    })
}
