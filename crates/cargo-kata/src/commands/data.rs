use std::process::Command as Process;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use engine::Progress as _;
use serde_json::json;

use super::context::table;
use super::{Context, Entry};
use crate::show::Progress;
use engine::judging::build::cargo;
use engine::judging::{Next, hand_over, run_program};
use engine::machine::Need;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let sets = Need::DATA.map(Need::word);
    Command::new("data")
        .about("Fetch a data set that is too large to come along, or list what is there")
        .arg(Arg::new("set").value_name("SET").value_parser(sets).help("What to fetch [default: list what is there]"))
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("URL|FOLDER")
                .requires("set")
                .value_parser(NonEmptyStringValueParser::new())
                .help("Take the files from there instead of the usual addresses"),
        )
        .arg(
            Arg::new("list")
                .long("list")
                .action(ArgAction::SetTrue)
                .conflicts_with("set")
                .help("List what is there, and where"),
        )
        .after_help(
            "The files go into the cache of this user; KATAS_DATA may name a folder that has them already, as in \
             KATAS_DATA=/data for /data/mnist. Each is checked by its SHA-256 and appears when it is whole; what was \
             interrupted goes on where it stopped. The first fetch builds the program that does it.\n\n\
             Exit codes: 0 the files are there · 2 unknown set · 3 they could not be had\n\n\
             Examples:\n  cargo kata data --list\n  cargo kata data mnist\n  \
             cargo kata data mnist --from /media/usb/mnist\n  \
             cargo kata data fashion-mnist --from http://localhost:8000/",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let Some(set) = matches.get_one::<String>("set") else {
        context.print(&list(context));
        return Ok(Exit::Fine);
    };
    let from = matches.get_one::<String>("from");
    // Without the network a copy from a folder needs none of its libraries.
    let lean = from.is_some_and(|from| !from.contains("://"));
    build(context, lean)?;
    let mut command = fetch("run", context, lean);
    command.args(["--", set]);
    if let Some(from) = from {
        command.args(["--from", from]);
    }
    if !hand_over(&mut command)?.success() {
        // It has said above why, and what can be done.
        return Ok(Exit::Environment);
    }
    if context.json {
        context.print(&list(context));
    }
    Ok(Exit::Fine)
}

fn list(context: &Context) -> String {
    let found = Need::DATA.map(|set| (set, set.found()));
    if context.json {
        let sets = found.map(|(set, folder)| json!({ "set": set.word(), "folder": folder }));
        return format!("{:#}\n", json!({ "sets": sets }));
    }
    let style = context.style;
    let line = |(set, folder): (Need, Option<std::path::PathBuf>)| match folder {
        Some(folder) => (format!("{} {set}", style.good("✓")), folder.display().to_string()),
        None => {
            let command = style.command(&format!("cargo kata data {set}"));
            (format!("{} {set}", style.faint("○")), format!("{command} fetches it ({})", set.size()))
        }
    };
    format!("\n{}", table(&found.map(line)))
}

/// The program that fetches is built on its first use, so that nobody waits for it before.
fn build(context: &Context, lean: bool) -> Result<(), Problem> {
    let mut progress = Progress::new(context.style);
    progress.say("building the program that fetches (once)");
    let built = run_program(&mut fetch("build", context, lean), |_| {
        progress.tick();
        Next::On
    })?;
    if built.status.success() {
        return Ok(());
    }
    let remedy = "The first time, libraries may be fetched: is this machine online?";
    Err(Problem::cargo(&built.stderr, remedy))
}

fn fetch(verb: &str, context: &Context, lean: bool) -> Process {
    let mut command = cargo();
    let manifest = context.workspace.path("Cargo.toml");
    command.args([verb, "--quiet", "--package", "fetch", "--manifest-path"]).arg(manifest);
    command.args(lean.then_some("--no-default-features"));
    // From the folder in which we were called: a folder to copy from may be relative to it.
    command.env("CARGO_TARGET_DIR", context.workspace.target());
    command
}
