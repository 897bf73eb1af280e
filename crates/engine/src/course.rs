//! The course of one learner: the katas, where they lie, and what is known about them.

use std::fs;

use crate::Progress;
use crate::catalog::{Catalog, Kata};
use crate::edit;
use crate::judging::{Conditions, Judged, judge, skipped};
use crate::problem::Problem;
use crate::state::{Hasher, Memory, text_of};
use crate::workspace::Workspace;
use protocol::{KataVerdict, LawVerdict, State, Status};

/// What every command works with.
#[derive(Debug)]
pub struct Course {
    /// Where the repository lies.
    pub workspace: Workspace,
    /// The katas.
    pub catalog: Catalog,
    /// What is remembered between two calls.
    pub memory: Memory,
}

impl Course {
    /// The course in whose repository we are.
    ///
    /// # Errors
    ///
    /// A [`Problem`] outside of a repository, or in one that cannot be read.
    pub fn here() -> Result<Self, Problem> {
        let workspace = Workspace::find()?;
        let catalog = Catalog::read(&workspace)?;
        let memory = Memory::of(&workspace);
        Ok(Self { workspace, catalog, memory })
    }

    /// The learner's file of a kata.
    #[must_use]
    pub fn learners_text(&self, kata: &Kata) -> String {
        fs::read_to_string(self.workspace.path(kata.path())).unwrap_or_default()
    }

    /// Where the learner writes a kata: `katas/m01_linear_algebra/vectors.rs:69`.
    #[must_use]
    pub fn place(&self, kata: &Kata) -> String {
        let line = edit::line(&self.learners_text(kata), kata).unwrap_or(1);
        format!("{}:{line}", kata.path().display())
    }

    /// Whether the learner's kata is the stub still.
    #[must_use]
    pub fn is_unwritten(&self, kata: &Kata) -> bool {
        edit::is_unwritten(&self.learners_text(kata), kata)
    }

    /// Judges katas now, and remembers the verdicts.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the laws cannot be built or run.
    pub fn judge(
        &self,
        katas: &[&Kata],
        conditions: &Conditions<'_>,
        progress: &mut dyn Progress,
    ) -> Result<Judged, Problem> {
        let texts: Vec<_> = katas.iter().map(|kata| text_of(&self.workspace, kata)).collect();
        let judged = judge(&self.workspace, katas, conditions, progress)?;
        let hasher = Hasher::new(&self.workspace, &self.catalog);
        let found =
            judged.verdicts.iter().filter(|it| !matches!(it.state(), State::Unknown | State::Skipped));
        let known = found.filter_map(|verdict| {
            let place = katas.iter().position(|kata| kata.id == verdict.kata)?;
            // Half of the laws are no verdict to remember.
            self.catalog.kata(&verdict.kata).filter(|kata| kata.laws.len() == verdict.laws.len())?;
            let stamp = hasher.of(katas[place]);
            // Who saves while the laws run is judged again; no one knows which text this verdict is about.
            (texts[place] == stamp.text).then_some((verdict, stamp))
        });
        self.memory.remember_verdicts(known);
        Ok(judged)
    }

    /// What is known about these katas without judging them: remembered, or seen from a `todo!()`.
    #[must_use]
    pub fn known<'a>(&self, katas: &[&'a Kata]) -> Vec<(&'a Kata, Option<KataVerdict>)> {
        let hasher = Hasher::new(&self.workspace, &self.catalog);
        let known = |kata: &Kata| {
            if let Some(need) = kata.unmet() {
                return Some(skipped(kata, need));
            }
            if self.is_unwritten(kata) {
                let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Todo)).collect();
                return Some(KataVerdict { kata: kata.id.clone(), laws, compiles: true });
            }
            self.memory.verdict(kata, hasher.of(kata)).map(|it| it.verdict)
        };
        katas.iter().map(|kata| (*kata, known(kata))).collect()
    }

    /// How many of these katas held with an earlier version of the laws, and were not judged since.
    #[must_use]
    pub fn held_earlier(&self, katas: &[&Kata]) -> usize {
        let hasher = Hasher::new(&self.workspace, &self.catalog);
        let is_earlier = |kata: &&&Kata| {
            !self.is_unwritten(kata)
                && self.memory.verdict(kata, hasher.of(kata)).is_some_and(|it| !it.is_current)
        };
        katas.iter().filter(is_earlier).count()
    }

    /// The first kata without a star as far as is known, then the first without two; `None` when all are done.
    #[must_use]
    pub fn next(&self) -> Option<&Kata> {
        let katas: Vec<_> = self.catalog.katas().filter(|kata| !kata.laws.is_empty()).collect();
        first_open(&self.known(&katas))
    }
}

/// The first kata without a star; where all have one, the first without two.
#[must_use]
pub fn first_open<'a>(known: &[(&'a Kata, Option<KataVerdict>)]) -> Option<&'a Kata> {
    let first = |is_done: fn(&KataVerdict) -> bool| {
        known.iter().find(|(_, it)| !it.as_ref().is_some_and(is_done)).map(|(kata, _)| *kata)
    };
    first(KataVerdict::is_passed).or_else(|| first(|it| !it.is_unfinished()))
}
