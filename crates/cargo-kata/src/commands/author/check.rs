use clap::{Arg, ArgAction, ArgMatches, Command};

use super::Context;
use crate::commands::draws;
use crate::commands::verify::run_checks;
use crate::proof::{
    CHECKS, Check, Counterexamples, FOR_AUTHORS, Ground, Meet, Recording, SpecimenVerdict, judge_specimens,
    write_examples,
};
use crate::show::Progress;
use engine::Progress as _;
use engine::problem::{Exit, Problem};

pub(super) fn describe() -> Command {
    Command::new("check")
        .about("Check katas as CI would, in seconds, and record the fingerprints of their chaffs")
        .arg(Arg::new("id").value_name("ID").num_args(1..).required(true).help("Katas, files or milestones"))
        .arg(
            Arg::new("texts")
                .long("texts")
                .action(ArgAction::SetTrue)
                .help("Show what a learner would read for each chaff: would you find the mistake from it?"),
        )
        .arg(
            Arg::new("bless")
                .long("bless")
                .action(ArgAction::SetTrue)
                .help("Accept the reference's figures and texts as the snapshots to compare with"),
        )
        .args(draws())
        .after_help(
            "Examples:\n  cargo kata author check dot\n  cargo kata author check vectors --texts\n  \
             cargo kata author check m01 --cases 100000 --seeds 20",
        )
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let mut katas = Vec::new();
    for asked in matches.get_many::<String>("id").unwrap_or_default() {
        katas.extend(context.catalog.find(asked)?.katas());
    }
    let mut ground = Ground {
        workspace: &context.workspace,
        catalog: &context.catalog,
        katas,
        recording: Recording::Write,
        bless: matches.get_flag("bless"),
        seeds: matches.get_one("seeds").copied().unwrap_or(1),
        cases: matches.get_one("cases").copied(),
        is_thorough: true,
        proved: None,
        style: context.style,
        progress: Progress::new(context.style),
    };
    // Before anybody reads which laws there are.
    write_examples(&ground)?;
    if matches.get_flag("texts") {
        let outcomes = judge_specimens(&mut ground, Meet::Every, |_| Counterexamples::Smallest)?;
        ground.progress.clear();
        outcomes.iter().for_each(|outcome| context.print(&texts(context, outcome)));
    }
    let (ours, others): (Vec<&Check>, Vec<&Check>) = CHECKS.iter().partition(|check| check.by_kata);
    let checks: Vec<&Check> = ours.into_iter().chain(FOR_AUTHORS).collect();
    let exit = run_checks(context, &mut ground, &checks)?;
    if !context.json {
        let is_left = |check: &&&Check| FOR_AUTHORS.iter().all(|it| it.name != check.name);
        let left: Vec<_> = others.iter().filter(is_left).map(|check| check.name).collect();
        let left = left.join(", ");
        context.print(&format!(
            "not run here: {left}; `cargo kata verify` runs everything that a change may have broken\n"
        ));
    }
    Ok(exit)
}

/// A wheat with its headroom, a chaff with what a learner would read.
fn texts(context: &Context, outcome: &SpecimenVerdict) -> String {
    let SpecimenVerdict { specimen, verdict } = outcome;
    let held = verdict.laws.len() - verdict.broken().count();
    let style = context.style;
    let mark = if outcome.is_right() { style.good("✓") } else { style.bad("✗") };
    let kind = if specimen.right { "wheat" } else { "chaff" };
    let mut text = format!(
        "{mark} {kind} {}/{}: {held} of {} laws hold\n",
        specimen.kata,
        specimen.name,
        verdict.laws.len()
    );
    if specimen.right {
        let closest = verdict.laws.iter().map(|law| law.closest).fold(0.0, f64::max);
        text += &style.faint(&format!("  {}; at most {closest} of a tolerance was needed\n", specimen.words));
    } else {
        text += &style.faint(&format!("  believes: {}\n", specimen.words));
    }
    for law in verdict.broken() {
        text += &format!("  «{}»\n", law.law);
        for (word, what) in [("with", &law.with), ("got", &law.got), ("want", &law.want), ("look", &law.look)]
        {
            for (number, line) in what.lines().enumerate() {
                text += &format!("    {:5} {line}\n", if number == 0 { word } else { "" });
            }
        }
    }
    text
}
