//! The laws, against the untouched stubs and against the reference.

use std::collections::BTreeMap;
use std::{env, fs};

use super::{Findings, Ground};
use engine::catalog::Kata;
use engine::edit::is_unwritten;
use engine::judging::{Conditions, Profile, judge};
use engine::problem::Problem;
use protocol::{KataVerdict, LawVerdict, State, Status};

/// Every law of every kata rejects the stubs. Katas that a learner has written say nothing about stubs and are left out;
/// where CI runs, no one has.
pub(super) fn stubs(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("laws");
    let is_stub = |kata: &&Kata| {
        let text = fs::read_to_string(ground.workspace.path(kata.path())).unwrap_or_default();
        is_unwritten(&text, kata)
    };
    let (stubs, written): (Vec<&Kata>, Vec<&Kata>) = ground.katas.iter().copied().partition(is_stub);
    if env::var_os("CI").is_some() {
        findings
            .failed
            .extend(written.iter().map(|kata| format!("{}: this is no stub", kata.path().display())));
    } else if !written.is_empty() {
        findings.remarks.push(format!("{} katas are written already and are no stubs", written.len()));
    }
    if stubs.is_empty() {
        findings.skipped = Some("none of these katas is an untouched stub".to_owned());
        return Ok(findings);
    }
    let conditions = Conditions { together: true, ..Conditions::default() };
    let verdicts = judge(ground.workspace, &stubs, &conditions, &mut ground.progress)?.verdicts;
    for (kata, law) in laws(&verdicts).filter(|(_, law)| law.status != Status::Skipped) {
        findings.count(law.status == Status::Todo, || {
            let (law, status) = (&law.law, law.status.word());
            format!("{}: «{law}» says «{status}» of a todo!(), not that it is not written", kata.kata)
        });
    }
    Ok(findings)
}

/// From here on an optimized build is sooner done, its own time included.
const MANY_CASES: u32 = 5_000;

/// Every law holds for the reference, with every seed asked for.
pub(super) fn reference(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("laws");
    for seed in 1..=ground.seeds.max(1) {
        let seed = seed.to_string();
        let cases = ground.cases.map(|cases| cases.to_string());
        let mut variables = vec![("PROPTEST_RNG_SEED", seed.as_str())];
        variables.extend(cases.as_deref().map(|cases| ("PROPTEST_CASES", cases)));
        if ground.bless {
            variables.extend([("KATAS_BLESS", "1"), ("INSTA_UPDATE", "always")]);
        }
        let conditions = Conditions {
            feature: Some("solutions"),
            profile: match ground.cases {
                Some(cases) if cases > MANY_CASES => Profile::ManyInputs,
                _ => Profile::Usual,
            },
            // Once is enough: they train networks, and no seed of theirs is the law runner's.
            slow: seed == "1",
            together: true,
            color: false,
            variables: &variables,
        };
        let judged = judge(ground.workspace, &ground.katas, &conditions, &mut ground.progress)?;
        for rejected in &judged.rejected {
            findings.failed.push(format!("{}\n{}", rejected.path.display(), rejected.diagnostics));
        }
        for verdict in judged.verdicts.iter().filter(|verdict| verdict.state() == State::Unknown) {
            findings.failed.push(format!("{}: no law was judged, or not all of them", verdict.kata));
        }
        let skipped = laws(&judged.verdicts).filter(|(_, law)| law.status == Status::Skipped);
        remark_skipped(&mut findings, skipped);
        for (kata, law) in laws(&judged.verdicts).filter(|(_, law)| law.status != Status::Skipped) {
            findings.count(law.status == Status::Held, || in_words(kata, law, &seed));
        }
    }
    Ok(findings)
}

/// One line for each reason why laws were skipped.
fn remark_skipped<'a>(
    findings: &mut Findings,
    skipped: impl Iterator<Item = (&'a KataVerdict, &'a LawVerdict)>,
) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, law) in skipped {
        *reasons.entry(&law.look).or_default() += 1;
    }
    let lines = reasons.into_iter().map(|(reason, laws)| format!("skipped {laws}: {reason}"));
    findings.remarks.extend(lines.filter(|line| !line.contains("takes minutes")));
}

fn laws(verdicts: &[KataVerdict]) -> impl Iterator<Item = (&KataVerdict, &LawVerdict)> {
    verdicts.iter().flat_map(|verdict| verdict.laws.iter().map(move |law| (verdict, law)))
}

/// A broken law with all it says.
fn in_words(kata: &KataVerdict, law: &LawVerdict, seed: &str) -> String {
    let LawVerdict { law, with, got, want, look, .. } = law;
    format!("{}: «{law}» (seed {seed})\nwith  {with}\ngot   {got}\nwant  {want}\nlook  {look}", kata.kata)
}
