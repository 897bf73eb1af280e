//! What can be earned: how many laws each kata has, and which of them compare with a snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cargo_kata::catalogue::Kata;
use cargo_kata::judging::{KataVerdict, LawVerdict, Status};
use cargo_kata::workspace::Workspace;

/// The calls with which a law compares something with a snapshot.
const COMPARISONS: [&str; 2] = ["reads_as(", "figure_shows("];

/// The laws of an assignment, counted.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The laws that are judged, by the ids of their katas.
    pub laws: BTreeMap<String, usize>,
    /// The tests that compare with a snapshot.
    pub snapshots: BTreeSet<String>,
}

impl Sheet {
    /// Counts the laws of these katas. Where a file of laws cannot be read, no law of it counts as a snapshot.
    #[must_use]
    pub fn of(workspace: &Workspace, katas: &[Kata]) -> Self {
        let mut sheet = Self::default();
        for kata in katas {
            let judged = kata.laws.iter().filter(|law| law.needs.is_empty());
            sheet.laws.insert(kata.id.clone(), judged.count());
            let text = fs::read_to_string(workspace.path(kata.laws_path())).unwrap_or_default();
            let compares = |test: &&str| compares(&text, test.rsplit("::").next().unwrap_or(test));
            let tests = kata.laws.iter().map(|law| law.test.as_str());
            sheet.snapshots.extend(tests.filter(compares).map(ToOwned::to_owned));
        }
        sheet
    }

    /// How many laws of a kata hold. One that compares with a snapshot counts only beside laws that all hold: a picture
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

/// Whether the test of this name compares with a snapshot.
fn compares(text: &str, name: &str) -> bool {
    let body = text.split_once(&format!("\nfn {name}(")).map_or("", |(_, rest)| rest);
    let body = body.split_once("\n}").map_or(body, |(body, _)| body);
    COMPARISONS.iter().any(|call| body.contains(call))
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
        let workspace = Workspace::find().unwrap();
        let catalogue = cargo_kata::catalogue::Catalogue::read(&workspace).unwrap();
        let katas: Vec<Kata> = catalogue.katas().cloned().collect();
        let sheet = Sheet::of(&workspace, &katas);
        assert!(sheet.snapshots.len() > 10, "{:?}", sheet.snapshots);
        assert!(sheet.laws.values().sum::<usize>() > sheet.snapshots.len());
    }

    #[test]
    fn a_comparison_is_seen_in_its_own_test_only() {
        let text = "\n#[test]\nfn a() {\n    holds();\n}\n\n#[test]\nfn b() {\n    figure_reads_as(1);\n}\n";
        assert!(!compares(text, "a") && compares(text, "b") && !compares(text, "c"));
    }
}
