use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use engine::catalog::Kata;
use engine::problem::Problem;
use engine::workspace::Workspace;

use super::identity::identity;
use super::prepared::{InProcessState, Prepared};
use crate::judge::isolated::Isolated;
use crate::judge::sheet::Sheet;
use crate::sandbox::COMPILER;
use crate::scan::{Mode, Policy};

/// An assignment, ready to judge submissions.
pub struct Assignment {
    prepared: Prepared,
    seed: u64,
    policy: Policy,
    timeouts: Timeouts,
}

/// How submissions are graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GradingConditions {
    /// What the laws draw from.
    pub seed: u64,
    /// What comes of a finding of the scan.
    pub scan: Mode,
    /// How long a submission may take.
    pub timeouts: Timeouts,
}

/// How long a submission may take. Shorter ones are for trying out what never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Seconds of processor time that rustc may take.
    pub compiler: u64,
    /// Seconds that a call may take, where its law allows more; that is 10 mostly.
    pub call: Option<u64>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { compiler: COMPILER.cpu, call: None }
    }
}

impl Prepared {
    /// The assignment under these conditions.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a solution cannot be read, whose use of libraries is allowed to learners.
    pub fn assign(self, conditions: GradingConditions) -> Result<Assignment, Problem> {
        // Files that are not graded are compiled with those that are, and their references may use what they use.
        let is_compiled = |kata: &&Kata| self.stubs.contains_key(kata.file_id());
        let katas = self.plan.catalog.katas().filter(is_compiled).map(|it| it.id.as_str());
        let policy = Policy::new(conditions.scan, &self.plan.workspace, katas)?;
        let GradingConditions { seed, timeouts, .. } = conditions;
        Ok(Assignment { prepared: self, seed, policy, timeouts })
    }
}

impl Assignment {
    /// The repository.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.prepared.plan.workspace
    }

    /// Where everything that is made lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.prepared.folder
    }

    /// The katas, in order.
    #[must_use]
    pub fn katas(&self) -> &[Kata] {
        &self.prepared.plan.katas
    }

    /// What each file that may be submitted is before a learner wrote in it.
    #[must_use]
    pub fn stubs(&self) -> &BTreeMap<String, String> {
        &self.prepared.stubs
    }

    /// The cargo features of the milestones.
    #[must_use]
    pub fn features(&self) -> &BTreeSet<String> {
        &self.prepared.plan.features
    }

    /// What the laws draw from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What can be earned.
    #[must_use]
    pub fn sheet(&self) -> Arc<Sheet> {
        Arc::clone(&self.prepared.plan.sheet)
    }

    /// What is searched for before anything is judged.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// How long a submission may take.
    #[must_use]
    pub fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// The compiler and the programs that judge, in a hash.
    #[must_use]
    pub fn tools(&self) -> &str {
        &self.prepared.tools
    }

    /// The judge of the katas that are called over IPC.
    #[must_use]
    pub fn isolated(&self) -> &Isolated {
        &self.prepared.isolated
    }

    /// The judge of the others.
    #[must_use]
    pub fn in_process(&self) -> &InProcessState {
        &self.prepared.in_process
    }

    /// Whether a kata cannot be judged in a process of its own.
    #[must_use]
    pub fn shares_a_process(&self, kata: &Kata) -> bool {
        self.isolated().obstacle(kata).is_some()
    }

    /// Why a kata is not graded, if it is not.
    #[must_use]
    pub fn not_graded(&self, kata: &Kata) -> Option<String> {
        let why = self.isolated().obstacle(kata)?;
        let why = format!("it cannot be judged in a process of its own: {why}");
        let stays_out = match self.in_process() {
            InProcessState::Ready(judge) => judge.stays_out(&kata.id),
            InProcessState::Failed(problem) => Some(Some(problem.as_str())),
            InProcessState::NotNeeded => None,
        };
        match (stays_out, kata.unmet()) {
            (Some(None), _) => None,
            (_, Some(need)) => Some(need.remedy()),
            (None, None) if self.prepared.plan.is_channel_only => {
                Some(format!("{why}; this assignment grades no other katas"))
            }
            (Some(Some(problem)), None) => Some(format!("{why}; nor in one with its laws: {problem}")),
            (None, None) => Some(why),
        }
    }

    /// Which assignment this is, the same on every machine.
    #[must_use]
    pub fn identity(&self) -> String {
        identity(&self.prepared.plan, &self.prepared.stubs)
    }
}
