//! What can be earned: how many laws each kata has, and which of them compare with a snapshot.

use std::collections::{BTreeMap, BTreeSet};

use engine::catalog::Kata;
use protocol::{KataVerdict, LawVerdict, Status};

/// The laws of an assignment, counted.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The laws that are judged, by the ids of their katas.
    pub laws: BTreeMap<String, usize>,
    /// The tests that compare with a snapshot.
    pub snapshots: BTreeSet<String>,
}

impl Sheet {
    /// Counts the laws of these katas.
    #[must_use]
    pub fn of(katas: &[Kata]) -> Self {
        let mut sheet = Self::default();
        for kata in katas {
            let judged = kata.laws.iter().filter(|law| law.needs.is_empty());
            sheet.laws.insert(kata.id.clone(), judged.count());
            let compares = kata.laws.iter().filter(|law| law.compares_snapshot);
            sheet.snapshots.extend(compares.map(|law| law.test.clone()));
        }
        sheet
    }

    /// How many laws of a kata hold. One that compares with a snapshot counts only if the other laws all hold: a picture
    /// can be copied, what it shows cannot.
    #[must_use]
    pub fn held(&self, verdict: &KataVerdict) -> usize {
        let held = |law: &&LawVerdict| law.status == Status::Held;
        let is_snapshot = |law: &&LawVerdict| self.snapshots.contains(&law.test);
        let (snapshots, laws): (Vec<_>, Vec<_>) = verdict.laws.iter().partition(is_snapshot);
        let all = laws.iter().all(|law| matches!(law.status, Status::Held | Status::Skipped));
        let counted = laws.iter().copied().filter(held).count();
        counted + if all { snapshots.iter().copied().filter(held).count() } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(name: &str, status: Status) -> LawVerdict {
        LawVerdict::bare(&format!("m::f::k::{name}"), status)
    }

    #[test]
    fn a_snapshot_counts_only_if_the_laws_hold() {
        let sheet = Sheet { snapshots: ["m::f::k::it_reads".to_owned()].into(), ..Sheet::default() };
        let verdict = |a, b| KataVerdict {
            kata: "m/f/k".to_owned(),
            laws: vec![law("a", a), law("b", b), law("it_reads", Status::Held)],
            compiles: true,
        };
        assert_eq!(sheet.held(&verdict(Status::Held, Status::Held)), 3);
        assert_eq!(sheet.held(&verdict(Status::Held, Status::Skipped)), 2);
        assert_eq!(sheet.held(&verdict(Status::Held, Status::Broken)), 1);
    }

    #[test]
    fn the_snapshots_of_this_repository_are_known() {
        let workspace = engine::workspace::Workspace::find().unwrap();
        let catalog = engine::catalog::Catalog::read(&workspace).unwrap();
        let katas: Vec<Kata> = catalog.katas().cloned().collect();
        let sheet = Sheet::of(&katas);
        assert!(sheet.snapshots.len() > 10, "{:?}", sheet.snapshots);
        assert!(sheet.laws.values().sum::<usize>() > sheet.snapshots.len());
    }
}
