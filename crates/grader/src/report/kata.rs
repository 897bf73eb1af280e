use protocol::{Assurance, GradeState, State, Status};
use serde_json::Value;

use super::fields::{long, number, read, short};
use super::set::SetView;
use crate::rules::Points;

/// A kata in a [`View`](super::View).
#[derive(Debug, Clone)]
pub struct KataView {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub state: GradeState,
    /// Its points,
    pub points: Points,
    /// of as many.
    pub possible: Points,
    /// What an instructor set by hand instead.
    pub set: Option<SetView>,
    /// How many laws hold,
    pub held: usize,
    /// of how many.
    pub of: usize,
    /// Why it was not judged.
    pub why: String,
    /// How far its verdict can be trusted.
    pub assurance: Assurance,
    /// Its laws.
    pub laws: Vec<LawView>,
}

/// A law in a [`View`](super::View).
#[derive(Debug, Clone)]
pub struct LawView {
    /// The sentence.
    pub law: String,
    /// How it ended.
    pub status: Status,
    /// The four fields of a broken law, with their names; empty ones are left out.
    pub fields: Vec<(&'static str, String)>,
}

impl KataView {
    pub(super) fn of(kata: &Value) -> Self {
        let laws = kata["laws"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            id: short(&kata["kata"]),
            // A word that is not known says that nothing is known.
            state: read(&kata["state"], GradeState::of, GradeState::Judged(State::Unknown)),
            points: Points::read(&kata["points"]),
            possible: Points::read(&kata["possible"]),
            set: SetView::of(&kata["override"]),
            held: number(&kata["held"]),
            of: number(&kata["of"]),
            why: short(&kata["why"]),
            assurance: read(&kata["assurance"], Assurance::of, Assurance::None),
            laws: laws.iter().map(LawView::of).collect(),
        }
    }

    /// Whether all its laws hold.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.state == GradeState::Judged(State::Holds)
    }

    /// Whether its points say no more than its state: one where it holds, of one.
    #[must_use]
    pub fn counts_one(&self) -> bool {
        let one = |is| Points(f64::from(u8::from(is)));
        self.points == one(self.holds()) && self.possible == one(self.state.counts())
    }

    /// Its state in one sign.
    #[must_use]
    pub fn sign(&self) -> &'static str {
        match self.state {
            GradeState::Judged(State::Holds) => "✓",
            GradeState::Judged(State::NotWritten) | GradeState::NotJudged => "○",
            GradeState::Judged(State::Skipped) | GradeState::NotGraded => "–",
            GradeState::Judged(State::Unknown) | GradeState::GraderError => "!",
            GradeState::Judged(State::Broken | State::DoesNotCompile) | GradeState::AgainstTheRules => "✗",
        }
    }

    /// Why it has no point, for its learner. What went wrong in the grader is the instructor's business.
    #[must_use]
    pub fn reason(&self) -> String {
        match self.state {
            state if state.is_grader_error() => {
                "the grader failed here; no point is given or taken".to_owned()
            }
            GradeState::Judged(State::DoesNotCompile) => "its file does not compile".to_owned(),
            _ => self.why.clone(),
        }
    }

    /// Whether it was judged in one process with its laws, which is less certain than IPC.
    #[must_use]
    pub fn is_in_process(&self) -> bool {
        self.assurance == Assurance::InProcess
    }

    /// What its broken laws complain of, in order: several laws that say the same of other inputs are one complaint.
    #[must_use]
    pub fn complaints(&self) -> Vec<(Vec<&str>, &LawView)> {
        let mut complaints: Vec<(Vec<&str>, &LawView)> = Vec::new();
        for law in self.broken() {
            match complaints.iter_mut().find(|(_, first)| first.says_the_same(law)) {
                Some((laws, _)) => laws.push(&law.law),
                None => complaints.push((vec![&law.law], law)),
            }
        }
        complaints
    }

    /// Its laws that are broken, in order.
    pub fn broken(&self) -> impl Iterator<Item = &LawView> {
        self.laws.iter().filter(|law| law.is_broken())
    }
}

impl LawView {
    fn of(law: &Value) -> Self {
        let field = |key: &'static str| (key, long(&law[key], 2000));
        let fields =
            ["with", "got", "want", "look"].map(field).into_iter().filter(|(_, text)| !text.is_empty());
        let status = read(&law["status"], Status::of, Status::Unjudged);
        Self { law: short(&law["law"]), status, fields: fields.collect() }
    }

    /// Whether it was judged and does not hold.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        matches!(self.status, Status::Broken | Status::Timeout | Status::Crashed)
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let said =
            |law: &Self| law.fields.iter().filter(|(name, _)| *name != "with").cloned().collect::<Vec<_>>();
        said(self) == said(other)
    }

    /// The fields as they stand in a terminal, one column for their names.
    #[must_use]
    pub fn in_lines(&self) -> String {
        let one = |(name, text): &(&str, String)| format!("{name:4}   {}\n", text.replace('\n', "\n       "));
        self.fields.iter().map(one).collect::<String>().trim_end().to_owned()
    }
}
