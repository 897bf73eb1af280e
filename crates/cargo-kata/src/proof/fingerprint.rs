//! The fingerprints on record are those that the chaffs leave.

use super::specimens::SpecimenVerdict;
use super::{Findings, Ground, Recording};
use engine::catalog::Kata;
use engine::fingerprints::{Fingerprint, Fingerprints};
use engine::problem::Problem;
use protocol::Status;

/// Compares the chaffs' fingerprints with those on record, or puts them there.
pub(super) fn compare_or_record(
    ground: &Ground<'_>,
    outcomes: &[SpecimenVerdict],
    findings: &mut Findings,
) -> Result<(), Problem> {
    for milestone in &ground.catalog.milestones {
        let ours = |kata: &&&Kata| kata.milestone_id() == milestone.id && kata.unmet().is_none();
        let katas: Vec<_> = ground.katas.iter().filter(ours).collect();
        if katas.is_empty() {
            continue;
        }
        let path = Fingerprints::path(ground.workspace.root(), &milestone.id);
        let on_record = Fingerprints::read(&path);
        let mut seen = on_record.clone();
        for kata in katas {
            seen.forget(&kata.id);
        }
        for SpecimenVerdict { specimen, verdict } in outcomes.iter().filter(|outcome| !outcome.specimen.right)
        {
            if verdict.kata.starts_with(&format!("{}/", milestone.id)) {
                seen.set(&specimen.kata, &specimen.name, Fingerprint::of(verdict));
            }
        }
        match ground.recording {
            Recording::Write if seen != on_record => seen.write(&path)?,
            Recording::Write => {}
            Recording::Compare => compare(ground, &on_record, &seen, findings),
        }
    }
    Ok(())
}

/// The laws that a chaff breaks must be those on record. What came out may differ in the last digit from
/// one platform to another and is not compared.
fn compare(ground: &Ground<'_>, on_record: &Fingerprints, seen: &Fingerprints, findings: &mut Findings) {
    for kata in ground.katas.iter().filter(|kata| kata.unmet().is_none()) {
        let bare = |all: &Fingerprints| -> Vec<(String, Vec<String>)> {
            let one = |(name, it): (&str, &Fingerprint)| {
                (name.to_owned(), it.laws().map(ToOwned::to_owned).collect())
            };
            all.of(&kata.id).map(one).collect()
        };
        let (recorded, seen) = (bare(on_record), bare(seen));
        let odd =
            seen.iter().find(|it| !recorded.contains(it)).or(recorded.iter().find(|it| !seen.contains(it)));
        findings.count(odd.is_none(), || {
            let name = odd.map_or("", |(name, _)| name);
            let id = &kata.id;
            format!(
                "{id}: the fingerprint of `{name}` is not the one on record; `cargo kata author check {id}` \
                 records it"
            )
        });
    }
}

/// Chaffs of one kata that cannot be distinguished by what they do: worth a law, or one of them is too many.
pub(super) fn twins(outcomes: &[SpecimenVerdict]) -> Vec<String> {
    let mut twins = Vec::new();
    for (i, a) in outcomes.iter().enumerate() {
        for b in outcomes[i + 1..].iter().filter(|b| b.specimen.kata == a.specimen.kata) {
            if !a.specimen.right && !b.specimen.right && said(a) == said(b) {
                let (kata, a, b) = (&a.specimen.kata, &a.specimen.name, &b.specimen.name);
                twins.push(format!("{kata}: the chaffs `{a}` and `{b}` break the same laws in the same way"));
            }
        }
    }
    twins
}

fn said(outcome: &SpecimenVerdict) -> Vec<(&str, &str, &str, Status)> {
    let broken = outcome.verdict.broken();
    broken.map(|law| (law.law.as_str(), law.with.as_str(), law.got.as_str(), law.status)).collect()
}
