use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::Progress as _;
use serde_json::{Value, json};

use super::{Context, Entry, draws, setup};
use crate::proof::{CHECKS, Check, Findings, Ground, ON_REQUEST, Proved, Recording, once};
use crate::show::Progress;
use engine::catalog::Kata;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let names: Vec<&str> = CHECKS.iter().chain(ON_REQUEST).map(|check| check.name).collect();
    Command::new("verify")
        .about("Prove that everything promised is true: what CI runs")
        .arg(
            Arg::new("id")
                .value_name("ID")
                .num_args(0..)
                .help("Katas, files or milestones, for the checks that look at katas [default: all]"),
        )
        .arg(
            Arg::new("only")
                .long("only")
                .value_name("CHECK")
                .num_args(1..)
                .action(ArgAction::Append)
                .value_parser(names.clone())
                .help("Only these checks"),
        )
        .arg(
            Arg::new("skip")
                .long("skip")
                .value_name("CHECK")
                .num_args(1..)
                .action(ArgAction::Append)
                .value_parser(names)
                .help("Skip these checks"),
        )
        .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).help(
            "Prove again what was proved before and depends on nothing that has changed, and let \
                     chaffs meet the laws too that they keep by the record",
        ))
        .args(draws())
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help("Install what is missing without asking"),
        )
        .after_help(
            "Two checks run only with --only: `notebook` needs Jupyter with the kernel evcxr; `speed` edits \
             and judges the named katas in this tree and in the commit that KATAS_BASE names (HEAD~1), by \
             turns, and wants a quiet machine.\n\nExamples:\n  cargo kata verify\n  cargo kata verify m01 \
             --only reference --cases 100000 --seeds 20\n  cargo kata verify --skip clippy docs",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let yes = matches.get_flag("yes");
    setup::require_runner(context, yes)?;
    // No one is asked here: without `--yes` the half that needs it is skipped, and says so.
    if yes && let Err(problem) = setup::bring_bubblewrap(context, true) {
        super::complain(&problem, context.style);
    }
    let brought = if yes { setup::bring_opencv(context, true) } else { Ok(false) };
    let fresh = match brought {
        Ok(true) => Some(Context::new(context.style, context.json)?),
        Ok(false) => None,
        // Everything else can be proved without it, and the verdict says what was skipped.
        Err(problem) => {
            super::complain(&problem, context.style);
            None
        }
    };
    // What was read before the installation took the library for missing.
    let context = fresh.as_ref().unwrap_or(context);
    let named = |option: &str| -> Vec<&String> { matches.get_many(option).unwrap_or_default().collect() };
    let (only, skip) = (named("only"), named("skip"));
    let is_wanted = |check: &&Check| {
        let is = |name: &&&String| name.as_str() == check.name;
        (only.is_empty() || only.iter().any(|name| is(&name))) && !skip.iter().any(|name| is(&name))
    };
    let mut katas: Vec<&Kata> = Vec::new();
    for asked in matches.get_many::<String>("id").unwrap_or_default() {
        katas.extend(context.catalog.find(asked)?.katas());
    }
    if katas.is_empty() {
        katas.extend(context.catalog.katas());
    }
    let seeds = matches.get_one("seeds").copied().unwrap_or(1);
    let cases = matches.get_one("cases").copied();
    let is_usual = !matches.get_flag("all") && seeds == 1 && cases.is_none();
    let mut ground = Ground {
        workspace: &context.workspace,
        catalog: &context.catalog,
        katas,
        recording: Recording::Compare,
        bless: false,
        seeds,
        cases,
        is_thorough: matches.get_flag("all"),
        proved: is_usual.then(|| Proved::read(&context.workspace)),
        style: context.style,
        progress: Progress::new(context.style),
    };
    let on_request = ON_REQUEST.iter().filter(|check| !only.is_empty() && is_wanted(check));
    let checks: Vec<&Check> = CHECKS.iter().filter(is_wanted).chain(on_request).collect();
    run_checks(context, &mut ground, &checks)
}

/// Runs the checks one after the other, each with a line as soon as it is known, and sums up. Those that run aside begin
/// with the first, and have their line at their place.
pub(super) fn run_checks(
    context: &Context,
    ground: &mut Ground<'_>,
    checks: &[&Check],
) -> Result<Exit, Problem> {
    let (began, mut passed, mut failed, mut outcomes) = (Instant::now(), 0, 0, Vec::new());
    let is_aside = |check: &&&Check| check.runs_aside && checks.len() > 1;
    let done = thread::scope(|scope| {
        let mut begun = BTreeMap::new();
        for &check in checks.iter().filter(is_aside) {
            let mut ground = ground.aside();
            begun.insert(check.name, scope.spawn(move || timed(check, &mut ground)));
        }
        for (number, check) in checks.iter().enumerate() {
            ground.progress.stage(&format!("{} of {}: {}", number + 1, checks.len(), check.promise));
            let timed = match begun.remove(check.name) {
                Some(aside) => awaited(aside, &mut ground.progress),
                None => timed(check, ground),
            };
            ground.progress.clear();
            let (findings, seconds) = timed.map_err(of_an_author)?;
            passed += findings.passed;
            failed += findings.failed.len();
            let is_incomplete = !findings.failed.is_empty() && matches!(check.name, "complete" | "outlines");
            if context.json {
                outcomes.push(in_json(check, &findings, seconds));
            } else {
                context.print(&in_words(context, check, &findings, seconds));
            }
            // An author mends this first: what follows would say the same in hundreds of lines.
            if is_incomplete && ground.recording == Recording::Write {
                break;
            }
        }
        Ok(())
    });
    done?;
    if context.json {
        let all = json!({ "checks": outcomes, "passed": passed, "failed": failed });
        context.print(&format!("{all:#}\n"));
    } else {
        let seconds = began.elapsed().as_secs();
        let verdict = if failed == 0 { "All checks passed." } else { "Some checks failed." };
        context.print(&format!("\n{verdict} ({seconds} s)\n{passed} passed, {failed} failed\n"));
    }
    Ok(if failed == 0 { Exit::Fine } else { Exit::Broken })
}

/// What a check found, and in how many seconds.
type Timed = Result<(Findings, f64), Problem>;

fn timed(check: &Check, ground: &mut Ground<'_>) -> Timed {
    let since = Instant::now();
    once(check, ground).map(|findings| (findings, since.elapsed().as_secs_f64()))
}

/// Waits for a check that runs aside.
fn awaited(aside: ScopedJoinHandle<'_, Timed>, progress: &mut Progress) -> Timed {
    while !aside.is_finished() {
        progress.tick();
        thread::sleep(Duration::from_millis(50));
    }
    aside.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// What does not compile here is a law, the reference or a specimen, and its author is the one who runs this.
fn of_an_author(problem: Problem) -> Problem {
    match problem {
        Problem::DoesNotCompile { diagnostics, .. } => {
            let remedy = "Each message names its file: a law below tests/, the reference below \
                          solutions/, or a specimen. A module that is not found lacks its line in a mod.rs.";
            Problem::DoesNotCompile { diagnostics, remedy: remedy.to_owned() }
        }
        other => other,
    }
}

fn in_words(context: &Context, check: &Check, findings: &Findings, seconds: f64) -> String {
    let style = context.style;
    let mark = match findings.skipped {
        Some(_) => style.faint("–"),
        None if findings.failed.is_empty() => style.good("✓"),
        None => style.bad("✗"),
    };
    let counted = match findings.of_what {
        "runs" => String::new(),
        what => format!(", {} {what}", findings.passed),
    };
    let before = match findings.as_before {
        0 => String::new(),
        n => format!(", {n} as proved before"),
    };
    let mut text =
        format!("{mark} {}{}\n", check.promise, style.faint(&format!("{counted}{before}, {seconds:.1} s")));
    if let Some(why) = &findings.skipped {
        text += &indented(&format!("skipped: {why}"), "    ");
    }
    for failure in &findings.failed {
        text += &indented(failure, "    ");
    }
    for remark in &findings.remarks {
        text += &style.faint(&indented(remark, "  · "));
    }
    text
}

fn indented(text: &str, first: &str) -> String {
    let blanks = " ".repeat(first.chars().count());
    let line = |(number, line)| format!("{}{line}\n", if number == 0 { first } else { blanks.as_str() });
    text.trim_end().lines().enumerate().map(line).collect()
}

fn in_json(check: &Check, findings: &Findings, seconds: f64) -> Value {
    json!({
        "check": check.name,
        "promise": check.promise,
        "passed": findings.passed,
        "of_what": findings.of_what,
        "failed": findings.failed,
        "as_before": findings.as_before,
        "skipped": findings.skipped,
        "remarks": findings.remarks,
        "seconds": seconds,
    })
}
