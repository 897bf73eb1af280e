//! Challenges: a number to beat with a kata that is solved. Measured by the program that compares, listed here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::hand_over;
use engine::machine::Need;
use engine::problem::{Doing, Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

/// The program reads the same one.
const TABLE: &str = include_str!("../../../programs/src/compare/challenges.txt");

/// A line of the table.
struct Challenge {
    name: &'static str,
    kata: &'static str,
    against: &'static str,
    bar: f64,
    task: &'static str,
}

fn all() -> Vec<Challenge> {
    let line = |line: &'static str| {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, kata, _, against, bar, task] = parts[..] else { return None };
        Some(Challenge { name, kata, against, bar: bar.parse().ok()?, task })
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
    let bests = context.workspace.path(".kata/bests.txt");
    if asked.is_empty() {
        list(context, &read(&bests));
        return Ok(Exit::Fine);
    }
    let all = all();
    let chosen: Vec<&Challenge> = all.iter().filter(|it| asked.iter().any(|name| *name == it.name)).collect();
    let mut features = vec!["compare"];
    for milestone in &context.catalog.milestones {
        if chosen.iter().any(|it| it.kata.starts_with(&milestone.id)) {
            features.push(&milestone.feature);
        }
    }
    if features.contains(&"m08") && Need::OpenCv.is_met(false) {
        features.push("opencv");
    }
    if matches.get_flag("solutions") {
        features.push("solutions");
    }
    let mut command = cargo();
    command.current_dir(context.workspace.root());
    command.args(["run", "--release", "--quiet", "--package", "programs", "--bin", "compare"]);
    command.args(["--features", &features.join(","), "--", "--challenge"]).args(asked);
    if !matches.get_flag("solutions") {
        let folder = context.workspace.path(".kata");
        fs::create_dir_all(&folder).doing("make the folder", &folder)?;
        command.env("KATAS_BESTS", bests);
    }
    Ok(hand_over(&mut command)?.into())
}

/// The best figures so far: a name and a number on each line.
fn read(path: &PathBuf) -> BTreeMap<String, f64> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let entry = |line: &str| {
        let (name, figure) = line.split_once(' ')?;
        Some((name.to_owned(), figure.trim().parse().ok()?))
    };
    text.lines().filter_map(entry).collect()
}

fn list(context: &Context, bests: &BTreeMap<String, f64>) {
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
            Some(figure) if *figure <= it.bar => style.good(&best),
            _ => best,
        };
        text += &format!("  {:12} {:>6.2} {best}  {:10} {}\n", it.name, it.bar, it.against, it.task);
    }
    text += "\n  cargo kata challenge NAME   take one: lower is better\n";
    context.print(&text);
}
