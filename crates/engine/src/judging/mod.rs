//! Judging katas: building the laws, running them, and reading what they found.

mod blame;
pub mod build;
mod child;
mod company;
pub mod direct;
mod diagnostic;
mod environment;
mod failed;
mod freshness;
pub mod interrupt;
pub mod nextest;
mod one;
pub mod pool;
mod readable;
mod records;
mod rejected;
mod run;
mod shadow;
mod signatures;

pub use build::{Laws, Profile, Variant, build};
pub use child::{Finished, Heard, Next, hand_over, run as run_program, run_hearing_both};
pub use diagnostic::Diagnostic;
pub use failed::BuildFailure;
pub use freshness::of_texts as texts_of;
pub use readable::{Unreadable, decoded, unreadable};
pub use records::{Breadth, Ended, Records};
pub use rejected::{Extent, Rejected, file_id};
pub use signatures::Changed;

use std::time::{Duration, Instant};

use protocol::{KataVerdict, LawVerdict, Status};

use crate::Progress;
use crate::catalog::{Kata, Law};
use crate::machine::Need;
use crate::problem::Problem;
use crate::workspace::Workspace;

/// What judging some katas has shown.
#[derive(Debug, Default)]
pub struct Judged {
    /// One verdict a kata, in the order asked for.
    pub verdicts: Vec<KataVerdict>,
    /// What does not compile, and what rustc says about it.
    pub rejected: Vec<Rejected>,
    /// What rustc warns of in the learner's files.
    pub warnings: Vec<Diagnostic>,
    /// What the learner should know in addition, one line each.
    pub notes: Vec<String>,
    /// How long it took to build the laws, and to run them.
    pub spent: [Duration; 2],
}

/// Who answers, and under which conditions.
#[derive(Debug, Clone, Copy, Default)]
pub struct Conditions<'a> {
    /// A cargo feature in addition to the milestones': `solutions`. The learner answers without one.
    pub feature: Option<&'a str>,
    /// How much the laws are optimized.
    pub profile: Profile,
    /// Whether laws that take minutes are judged as well.
    pub slow: bool,
    /// Whether all are built at once: sooner done than one milestone after the other, but none is judged before.
    pub together: bool,
    /// Whether rustc may use color.
    pub color: bool,
    /// Variables of the laws' environment, such as `PROPTEST_CASES`.
    pub variables: &'a [(&'a str, &'a str)],
}

/// Judges katas under these conditions. Those of a milestone are built together.
///
/// # Errors
///
/// A [`Problem`] if no verdict can be given at all; a kata that does not compile is a verdict.
pub fn judge(
    workspace: &Workspace,
    katas: &[&Kata],
    conditions: &Conditions<'_>,
    progress: &mut dyn Progress,
) -> Result<Judged, Problem> {
    let (mut judged, began) = (Judged::default(), Instant::now());
    let (unmet, ready): (Vec<&Kata>, Vec<&Kata>) = katas.iter().partition(|kata| kata.unmet().is_some());
    let verdicts = unmet.iter().filter_map(|kata| Some(skipped(kata, kata.unmet()?)));
    judged.verdicts.extend(verdicts);
    for (mut features, group) in in_groups(&ready, conditions.together) {
        features.extend(conditions.feature.map(ToOwned::to_owned));
        let variant = Variant {
            root: workspace.root().to_owned(),
            target: workspace.target(),
            text: freshness::of_texts(workspace, &group, &features),
            features,
            one: None,
            mutants: None,
            profile: conditions.profile,
            color: conditions.color,
        };
        freshness::renew_libraries(workspace, &variant, progress)?;
        let unreadable =
            if conditions.feature.is_none() { rejected::unreadable(workspace, &group) } else { Vec::new() };
        if let ([kata], None, []) = (&group[..], conditions.feature, &unreadable[..])
            && let Some(one) = one::variant(workspace, kata, &variant)?
            && let Ok(laws) = build(&one, progress)
        {
            judge_group(&laws, &group, &[], conditions, &mut judged, progress)?;
            continue;
        }
        let built = if unreadable.is_empty() {
            build(&variant, progress)
        } else {
            Err(BuildFailure::Rejected(vec![]))
        };
        let (laws, rejected) = match built {
            Ok(laws) => (laws, Vec::new()),
            Err(BuildFailure::Problem(problem)) => return Err(problem),
            Err(BuildFailure::Rejected(diagnostics)) => {
                shadow::build_around(workspace, &variant, (diagnostics, unreadable), progress)?
            }
        };
        judge_group(&laws, &group, &rejected, conditions, &mut judged, progress)?;
        judged.rejected.extend(rejected);
    }
    let place = |verdict: &KataVerdict| katas.iter().position(|kata| kata.id == verdict.kata);
    judged.verdicts.sort_by_key(place);
    judged.spent[0] = began.elapsed() - judged.spent[1];
    Ok(judged)
}

/// The katas that are built at once, those of a milestone or all of them, with the cargo features that they need. Those
/// that call a library of the system stand by themselves: loading it takes longer than most laws.
pub fn in_groups<'a>(katas: &[&'a Kata], together: bool) -> Vec<(Vec<String>, Vec<&'a Kata>)> {
    let mut groups: Vec<(Vec<String>, Vec<&Kata>)> = Vec::new();
    for kata in katas {
        let belongs = |(_, group): &&mut (Vec<String>, Vec<&Kata>)| {
            (together || group[0].milestone_id() == kata.milestone_id())
                && group[0].calls_a_library() == kata.calls_a_library()
        };
        match groups.iter_mut().find(belongs) {
            Some((features, group)) => {
                features.extend(
                    kata.features.iter().filter(|it| !features.contains(it)).cloned().collect::<Vec<_>>(),
                );
                group.push(kata);
            }
            None => groups.push((kata.features.clone(), vec![kata])),
        }
    }
    groups
}

/// A kata that is skipped because of this need.
#[must_use]
pub fn skipped(kata: &Kata, need: Need) -> KataVerdict {
    let law = |law: &Law| LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) };
    KataVerdict { kata: kata.id.clone(), laws: kata.laws.iter().map(law).collect(), compiles: true }
}

fn judge_group(
    laws: &Laws,
    katas: &[&Kata],
    rejected: &[Rejected],
    conditions: &Conditions<'_>,
    judged: &mut Judged,
    progress: &mut dyn Progress,
) -> Result<(), Problem> {
    let does_compile = |kata: &&Kata| !rejected.iter().any(|it| it.covers(kata));
    let (katas, not_compiling): (Vec<&Kata>, Vec<&Kata>) = katas.iter().copied().partition(does_compile);
    for kata in not_compiling {
        let laws = kata.laws.iter().map(|law| LawVerdict::bare(&law.test, Status::Unjudged)).collect();
        judged.verdicts.push(KataVerdict { kata: kata.id.clone(), laws, compiles: false });
    }
    let breadth = if conditions.slow { Breadth::Slow } else { Breadth::Ready };
    let records = Records::fresh(&laws.variant.target)?.with(conditions.variables).at(breadth);
    let began = Instant::now();
    let ended = run::all(laws, &katas, &records, &mut judged.notes, progress)?;
    judged.spent[1] += began.elapsed();
    for kata in katas {
        let mut verdict = records.verdict(kata, |test| ended.get(test).cloned());
        name_fatal_input(laws, kata, &mut verdict, &records)?;
        judged.verdicts.push(verdict);
    }
    judged.warnings.extend(laws.warnings.iter().filter(|it| is_of_a_learner(it)).cloned());
    Ok(())
}

/// A process that died left no input behind; of the first such law it is looked for.
fn name_fatal_input(
    laws: &Laws,
    kata: &Kata,
    verdict: &mut KataVerdict,
    records: &Records,
) -> Result<(), Problem> {
    let died = |law: &&mut LawVerdict| law.status == Status::Crashed && law.with.is_empty();
    let Some(first) = verdict.laws.iter_mut().find(died) else { return Ok(()) };
    let Some(law) = kata.laws.iter().find(|law| law.test == first.test) else { return Ok(()) };
    if let Some(input) = direct::fatal_input(laws, law, records)? {
        first.with = input;
    }
    Ok(())
}

fn is_of_a_learner(warning: &Diagnostic) -> bool {
    warning.file.as_ref().is_some_and(|file| file.starts_with("katas"))
}
