//! Right answers are accepted, wrong ones are not, and in the way that is on record.

use super::fingerprint::{compare_or_record, twins};
use super::specimens::{Counterexamples, Meet, SpecimenVerdict, judge_specimens};
use super::{Findings, Ground, Recording, readme};
use engine::catalog::Specimen;
use engine::problem::Problem;

/// Every specimen is judged rightly, and the fingerprints are those on record.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("specimens");
    let records = ground.recording == Recording::Write;
    // What is compared is which laws are broken; what they got is put on record, and in the README.
    let meet = if ground.is_thorough { Meet::Every } else { Meet::Recorded };
    let outcomes = judge_specimens(ground, meet, |specimen| match records || readme::shows(specimen) {
        true => Counterexamples::Smallest,
        false => Counterexamples::First,
    })?;
    for outcome in &outcomes {
        findings.count(outcome.is_right(), || in_words(outcome));
    }
    readme::check(ground, &outcomes, &mut findings)?;
    if records {
        findings.remarks = twins(&outcomes);
    }
    let skipped: Vec<_> = ground.katas.iter().filter_map(|kata| kata.unmet()).collect();
    if let Some(need) = skipped.first() {
        findings.remarks.push(format!("skipped the specimens of {} katas: {}", skipped.len(), need.remedy()));
    }
    // What is not right yet leaves no traces.
    if !records || findings.failed.is_empty() {
        compare_or_record(ground, &outcomes, &mut findings)?;
    }
    Ok(findings)
}

fn in_words(SpecimenVerdict { specimen, verdict }: &SpecimenVerdict) -> String {
    let Specimen { kata, name, right, words } = specimen;
    if !right {
        return format!("{kata}: no law rejects the chaff `{name}`, which believes: {words}");
    }
    let laws = verdict
        .broken()
        .map(|law| format!("«{}»\nwith  {}\ngot   {}\nwant  {}", law.law, law.with, law.got, law.want));
    format!("{kata}: the wheat `{name}` ({words}) is rejected by\n{}", laws.collect::<Vec<_>>().join("\n"))
}
