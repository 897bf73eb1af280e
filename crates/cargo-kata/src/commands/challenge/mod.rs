//! Challenges: a number to beat with a kata that is solved. The program that compares measures; the bar is a ratio of two times
//! in one run, so that it means the same on every machine.

mod bests;

use std::process::{Command as Program, Stdio};

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry};
use bests::Bests;
use engine::judging::build::cargo;
use engine::machine::Need;
use engine::problem::{Doing, Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

const TABLE: &str = include_str!("../../../../programs/src/compare/challenges.txt");

/// A line of the table.
struct Challenge {
    name: &'static str,
    kata: &'static str,
    size: &'static str,
    against: &'static str,
    bar: f64,
    task: &'static str,
}

fn all() -> Vec<Challenge> {
    let line = |line: &'static str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, kata, size, against, bar, task] = parts[..] else { return None };
        Some(Challenge { name, kata, size, against, bar: bar.parse().ok()?, task })
    };
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

fn describe() -> Command {
    let names: Vec<&str> = all().iter().map(|it| it.name).collect();
    Command::new("challenge")
        .about("A number to beat with a kata you have solved, and your best figure")
        .arg(
            Arg::new("name")
                .value_name("NAME")
                .num_args(0..)
                .value_parser(names)
                .hide_possible_values(true)
                .help("Challenges to take [default: list all]"),
        )
        .arg(
            Arg::new("solutions")
                .long("solutions")
                .action(ArgAction::SetTrue)
                .help("What the reference and a tuned version reach, without you"),
        )
        .after_help(
            "Your function is timed next to the reference, a version written for speed and a library, in one \
             run; the figure is a ratio, so it means the same on every machine. It is no verdict; your \
             best figure is kept in .kata. Make your kata faster, let `cargo kata test` judge that it still \
             holds its laws, and take the challenge again.\n\n\
             Examples:\n  cargo kata challenge              what there is, and your best figures\n  \
             cargo kata challenge matmul\n  cargo kata challenge median quantile --solutions",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let asked: Vec<&String> = matches.get_many("name").unwrap_or_default().collect();
    let mut bests = Bests::of(&context.workspace);
    if asked.is_empty() {
        list(context, &bests);
        return Ok(Exit::Fine);
    }
    let all = all();
    for challenge in all.iter().filter(|it| asked.iter().any(|name| *name == it.name)) {
        let timed = program(context, challenge, matches.get_flag("solutions")).output();
        let timed = timed.doing("start", "cargo".as_ref())?;
        if !timed.status.success() {
            return Ok(timed.status.into());
        }
        let times = String::from_utf8_lossy(&timed.stdout);
        context.print(&take(challenge, &times, &mut bests)?);
    }
    Ok(Exit::Fine)
}

/// The program that times, built with the milestone of this kata. What cargo and the program say is for the learner.
fn program(context: &Context, challenge: &Challenge, solutions: bool) -> Program {
    let its = |id: &str| challenge.kata.split('/').next() == Some(id);
    let milestone = context.catalog.milestones.iter().find(|it| its(&it.id));
    let mut features = vec!["compare"];
    features.extend(milestone.map(|it| it.feature.as_str()));
    if features.contains(&"m08") && Need::OpenCv.is_met(false) {
        features.push("opencv");
    }
    if solutions {
        features.push("solutions");
    }
    let mut program = cargo();
    program.current_dir(context.workspace.root());
    program.args(["run", "--release", "--package", "programs", "--bin", "compare", "--features"]);
    program.args([features.join(",").as_str(), "--", challenge.kata, "--times", challenge.size]);
    program.stderr(Stdio::inherit());
    program
}

/// What was measured, next to the bar and the best figure so far, which is kept.
fn take(challenge: &Challenge, times: &str, bests: &mut Bests) -> Result<String, Problem> {
    let Challenge { name, against, bar, task, .. } = challenge;
    let part = |line, k| str::split(line, '\t').nth(k);
    let seconds = |line| part(line, 1).and_then(|seconds| seconds.parse::<f64>().ok());
    let of = |who| times.lines().find(|line| part(line, 0) == Some(who)).and_then(seconds);
    let base = of(against).unwrap_or(f64::NAN);
    let mut text = format!("{name}: {task}\n\n  {:12} {:>12}  ÷ {against}\n", "", "time");
    for line in times.lines() {
        let (who, words) = (part(line, 0).unwrap_or_default(), part(line, 2).unwrap_or_default());
        let figure = seconds(line).unwrap_or(f64::NAN) / base;
        text += &format!("  {who:12} {words:>12}  {figure:>7.3}\n");
    }
    let Some(yours) = of("you").map(|seconds| seconds / base).filter(|figure| figure.is_finite()) else {
        return Ok(text + &format!("\n  the bar is {bar:.2}; lower is better\n\n"));
    };
    let stands = if yours <= *bar { "below the bar of" } else { "the bar is" };
    text += &format!("\n  your figure is {yours:.3}: {stands} {bar:.2}, lower is better\n");
    text += &match bests.offer(name, yours)? {
        Some(best) if best <= yours => format!("  your best so far is {best:.3}\n\n"),
        Some(best) => format!("  a new personal best; it was {best:.3}\n\n"),
        None => "  your first figure here\n\n".to_owned(),
    };
    Ok(text)
}

fn list(context: &Context, bests: &Bests) {
    let all = all();
    if context.json {
        let each = all.iter().map(|it| {
            json!({ "name": it.name, "kata": it.kata, "task": it.task, "against": it.against, "bar": it.bar,
                    "best": bests.get(it.name) })
        });
        context.print(&format!("{:#}\n", json!({ "challenges": each.collect::<Vec<_>>() })));
        return;
    }
    let style = context.style;
    let mut text = style.faint(&format!("  {:12} {:>6} {:>8}  your time ÷ that of\n", "", "bar", "yours"));
    for it in &all {
        let best = bests.get(it.name).map_or_else(|| format!("{:>8}", "–"), |best| format!("{best:>8.3}"));
        let best = match bests.get(it.name) {
            Some(figure) if figure <= it.bar => style.good(&best),
            _ => best,
        };
        text += &format!("  {:12} {:>6.2} {best}  {:10} {}\n", it.name, it.bar, it.against, it.task);
    }
    text += "\n  cargo kata challenge NAME   take one: lower is better\n";
    context.print(&text);
}
