//! The systematic mutants that are right all the same, each with its reason: `specimens/<milestone>/equivalents.txt`.
//!
//! ```text
//! m02_statistics/moments/mean_figure tiny_dropped, answer_single: a figure is compared as it is printed
//! open m07_deep_learning/fitting/fit rows_beyond_100: training on so many samples takes minutes
//! ```
//!
//! An *open* one is wrong and passes: it is on record so that no further one comes to it unnoticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use engine::catalog::Kata;
use engine::problem::{Doing, Problem};

/// Why a mutant may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// It is right.
    Equivalent,
    /// It is wrong, and no law rejects it yet.
    Open,
}

/// Those of some katas.
pub(super) struct Equivalents(BTreeMap<(String, String), Reason>);

impl Equivalents {
    /// Reads those of these katas; a milestone without the file has none.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if a file cannot be read, [`Problem::Usage`] if a line has no reason.
    pub(super) fn read(root: &Path, katas: &[&Kata]) -> Result<Self, Problem> {
        let milestones: BTreeSet<&str> = katas.iter().map(|kata| kata.milestone_id()).collect();
        let mut known = BTreeMap::new();
        for milestone in milestones {
            let path = root.join("specimens").join(milestone).join("equivalents.txt");
            let text = match fs::read_to_string(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                text => text.doing("read", &path)?,
            };
            for (number, line) in text.lines().enumerate() {
                if line.trim().is_empty() || line.starts_with('#') {
                    continue;
                }
                let (reason, rest) = match line.strip_prefix("open ") {
                    Some(rest) => (Reason::Open, rest),
                    None => (Reason::Equivalent, line),
                };
                let parts = rest.split_once(": ").and_then(|(mutants, why)| {
                    let mutants = mutants.split_once(' ')?;
                    (!why.trim().is_empty()).then_some(mutants)
                });
                let Some((kata, kinds)) = parts else {
                    return Err(Problem::Usage {
                        what: format!("{}:{}: {line}", path.display(), number + 1),
                        remedy: "Such a line reads `milestone/file/kata kind, kind: reason`.".to_owned(),
                    });
                };
                if katas.iter().any(|it| it.id == kata) {
                    let mutants = kinds.split(',').map(|kind| (kata.to_owned(), kind.trim().to_owned()));
                    known.extend(mutants.map(|mutant| (mutant, reason)));
                }
            }
        }
        Ok(Self(known))
    }

    /// Whether this mutant is on record.
    pub(super) fn names(&self, kata: &str, kind: &str) -> bool {
        self.0.contains_key(&(kata.to_owned(), kind.to_owned()))
    }

    /// The reason why this mutant is right, if it is on record; it is not left afterwards.
    pub(super) fn take(&mut self, kata: &str, kind: &str) -> Option<Reason> {
        self.0.remove(&(kata.to_owned(), kind.to_owned()))
    }

    /// Those that no one took.
    pub(super) fn left(&self) -> Vec<String> {
        self.0.keys().map(|(kata, kind)| format!("{kata} {kind}")).collect()
    }
}
