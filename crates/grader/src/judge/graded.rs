use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use protocol::{GradeState, State, SubmissionVerdict};

use super::outcome::KataOutcome;
use super::sheet::Sheet;
use crate::scan::{Finding, Mode};

/// The verdict on a submission.
#[derive(Debug, Clone, Default)]
pub struct Graded {
    /// The name of the submission.
    pub name: String,
    /// What stamps the assignment, its seed and what was submitted: another stamp is graded anew.
    pub stamp: String,
    /// What the stamp is made of, part by part: so it can be said why a verdict changed.
    pub made_of: BTreeMap<&'static str, String>,
    /// What stamps each milestone, by its id: one whose stamp is the same is not judged again.
    pub milestones: BTreeMap<String, String>,
    /// Each kata in order.
    pub katas: Vec<(String, Option<KataOutcome>)>,
    /// The files that do not compile, and what rustc says.
    pub broken: BTreeMap<String, String>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
    /// The katas that are judged in one process with their laws, which is less certain.
    pub in_process: BTreeSet<String>,
    /// Why nothing could be graded,
    pub error: Option<String>,
    /// and what can be done about it, one line each.
    pub remedy: Vec<String>,
    /// Whether that is the grader's fault.
    pub is_grader_error: bool,
    /// Seconds that it took.
    pub seconds: f64,
    /// What could be earned.
    pub sheet: Arc<Sheet>,
    /// What the scan found,
    pub findings: Vec<Finding>,
    /// and in which mode.
    pub scan: Mode,
}

impl Graded {
    /// The points: one for each kata whose laws all hold.
    #[must_use]
    pub fn points(&self) -> usize {
        self.states().filter(|state| *state == GradeState::Judged(State::Holds)).count()
    }

    /// The katas that points were given or rejected for.
    #[must_use]
    pub fn possible(&self) -> usize {
        self.states().filter(|state| *state != GradeState::NotGraded).count()
    }

    /// The verdict in one word, for a line and a table.
    #[must_use]
    pub fn verdict(&self) -> SubmissionVerdict {
        if self.is_grader_error || self.states().any(|state| state == GradeState::GraderError) {
            SubmissionVerdict::GraderError
        } else if self.error.is_some() {
            SubmissionVerdict::Unreadable
        } else {
            SubmissionVerdict::Graded
        }
    }

    fn states(&self) -> impl Iterator<Item = GradeState> {
        self.katas
            .iter()
            .map(|(_, outcome)| outcome.as_ref().map_or(GradeState::NotJudged, KataOutcome::state))
    }
}
