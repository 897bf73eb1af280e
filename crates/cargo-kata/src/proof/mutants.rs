//! Systematic mutants: the reference, wrong in one of the ways that follow from the types of a kata. A law rejects each, or
//! it is named in `specimens/<milestone>/equivalents.txt` with the reason why it is right all the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::answering::{Answering, Kind};
use super::equivalents::{Equivalents, Reason};
use super::{Findings, Ground, pool};
use engine::catalog::Kata;
use engine::judging::{Breadth, Laws, Records, direct, in_groups};
use engine::problem::{Doing, Problem};

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// A law rejects it.
    Rejected,
    /// No law does, though it answered otherwise.
    Passed,
    /// No law gave it an input that it answers otherwise.
    Untouched,
}

/// One mutant of one kata, judged.
struct Judged<'a> {
    kata: &'a Kata,
    kind: Kind,
    fate: Fate,
}

/// Every mutant is rejected, or named with its reason.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("mutants");
    let is_there = |kata: &&Kata| kata.unmet().is_none() && !kata.calls_a_library();
    let katas: Vec<&Kata> = ground.katas.iter().copied().filter(is_there).collect();
    let mut left_out = ground.katas.len() - katas.len();
    let mut judged = Vec::new();
    let mut equivalents = Equivalents::read(ground.workspace.root(), &ground.katas)?;
    for (features, group) in in_groups(&katas, true) {
        let Answering { laws, kinds, with_mutants } = Answering::build(ground, features, &group)?;
        let (group, others): (Vec<_>, Vec<_>) =
            group.into_iter().partition(|kata| with_mutants.contains(&kata.id));
        left_out += others.len();
        judged.extend(judge(ground, &laws, &group, &kinds, &equivalents)?);
    }
    let mut open = 0;
    for Judged { kata, kind, fate } in &judged {
        let reason = equivalents.take(&kata.id, &kind.name);
        open += usize::from(reason == Some(Reason::Open));
        let as_it_should = (*fate == Fate::Rejected) != reason.is_some();
        findings.count(as_it_should, || in_words(kata, kind, *fate));
    }
    let without_mutant = equivalents.left();
    findings.failed.extend(without_mutant.iter().map(|line| format!("there is no such mutant: {line}")));
    table(ground, &judged)?;
    let count = |fate| judged.iter().filter(|it| it.fate == fate).count();
    let passed = count(Fate::Passed) + count(Fate::Untouched);
    let rejected = count(Fate::Rejected);
    findings.remarks.push(format!("{rejected} rejected, {passed} not; the table is target/{TABLE}"));
    if open > 0 {
        findings
            .remarks
            .push(format!("{open} are wrong and no law rejects them yet: they are on record as open"));
    }
    if left_out > 0 {
        findings.remarks.push(format!(
            "{left_out} katas have none: they take or give tensors or images, or are types with methods"
        ));
    }
    Ok(findings)
}

fn in_words(kata: &Kata, kind: &Kind, fate: Fate) -> String {
    let (id, name) = (&kata.id, &kind.name);
    match fate {
        Fate::Rejected => format!("{id}: a law rejects `{name}`; take it from the equivalents"),
        Fate::Passed => format!("{id}: no law rejects `{name}`. {}", kind.does),
        Fate::Untouched => {
            format!("{id}: no law draws an input that `{name}` answers otherwise. {}", kind.does)
        }
    }
}

/// Where the outcome of all mutants is written.
const TABLE: &str = "kata/mutants.csv";

fn judge<'a>(
    ground: &mut Ground<'_>,
    laws: &Laws,
    katas: &[&'a Kata],
    kinds: &[Kind],
    equivalents: &Equivalents,
) -> Result<Vec<Judged<'a>>, Problem> {
    let probe = |kata: &&'a Kata| Ok((*kata, run(laws, kata, "probe", SECONDS)?.1));
    let seen = pool::all(ground, "the reference", katas.iter().collect(), probe)?;
    let mut mutants = Vec::new();
    for (kata, seen) in seen {
        mutants
            .extend(kinds.iter().filter(|kind| seen.contains(&kind.needs)).cloned().map(|kind| (kata, kind)));
        let arguments: Vec<&str> = seen.iter().filter_map(|it| it.strip_prefix("argument ")).collect();
        mutants.extend(arguments.iter().map(|place| (kata, ignored(place))));
        if arguments.len() > 1 && seen.contains("answer") {
            mutants.extend(arguments.iter().map(|place| (kata, left_out_of_cache(place))));
        }
    }
    pool::all(ground, "mutants", mutants, |(kata, kind)| {
        let (mut rejected, mut seen) = run(laws, kata, &kind.name, SECONDS)?;
        // One that is right all the same was only slow, on a machine that has much to do.
        if rejected && equivalents.names(&kata.id, &kind.name) {
            (rejected, seen) = run(laws, kata, &kind.name, 10 * SECONDS)?;
        }
        let fate = match (rejected, seen.contains("acted")) {
            (true, _) => Fate::Rejected,
            (false, true) => Fate::Passed,
            (false, false) => Fate::Untouched,
        };
        Ok(Judged { kata, kind, fate })
    })
}

fn ignored(place: &str) -> Kind {
    let number = counted_from_one(place);
    Kind {
        name: format!("argument_ignored/{place}"),
        does: format!("It takes the first value that it ever got for argument {number}, in every call."),
        needs: String::new(),
    }
}

fn left_out_of_cache(place: &str) -> Kind {
    let number = counted_from_one(place);
    Kind {
        name: format!("cached_without/{place}"),
        does: format!("It keeps its answers by all arguments but number {number}."),
        needs: String::new(),
    }
}

fn counted_from_one(place: &str) -> String {
    place.parse::<usize>().map_or(place.to_owned(), |place| (place + 1).to_string())
}

/// How long a single call of a mutant may take. Those that are endless are many.
const SECONDS: u64 = 3;

/// Whether a law rejects the mutant, and what was seen on the way.
fn run(laws: &Laws, kata: &Kata, kind: &str, seconds: u64) -> Result<(bool, BTreeSet<String>), Problem> {
    let folder = laws.variant.target.join("kata/mutants");
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    let seen = folder.join(format!("{} {kind}", kata.id).replace(['/', ' '], "."));
    let _there_was_none = fs::remove_file(&seen);
    let (asked, path) = (format!("{} {kind}", kata.id), seen.to_string_lossy().into_owned());
    let seconds = seconds.to_string();
    let variables = [
        ("KATAS_MUTANT", asked.as_str()),
        ("KATAS_MUTANT_SEEN", &path),
        ("KATAS_FIRST_ONLY", "1"),
        ("KATAS_SECONDS", &seconds),
        ("INSTA_UPDATE", "no"),
    ];
    let records = Records::fresh(&laws.variant.target)?.with(&variables).at(Breadth::Plain);
    let verdict = direct::together(laws, kata, &records)?;
    let text = fs::read_to_string(&seen).unwrap_or_default();
    let _gone_already = fs::remove_file(&seen);
    Ok((verdict.broken().next().is_some(), text.lines().map(ToOwned::to_owned).collect()))
}

/// Writes a line for each mutant: kata, kind, what became of it.
fn table(ground: &Ground<'_>, judged: &[Judged<'_>]) -> Result<(), Problem> {
    let path = ground.workspace.target().join(Path::new(TABLE));
    let line = |it: &Judged<'_>| {
        let fate = match it.fate {
            Fate::Rejected => "rejected",
            Fate::Passed => "passed",
            Fate::Untouched => "untouched",
        };
        format!("{},{},{fate}\n", it.kata.id, it.kind.name)
    };
    let text: String = judged.iter().map(line).collect();
    fs::write(&path, format!("kata,kind,fate\n{text}")).doing("write", &path)
}
