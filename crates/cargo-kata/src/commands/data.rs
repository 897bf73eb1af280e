use std::path::{Path, PathBuf};
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
        .about("Fetch a data set that is too large to be embedded, or list and check what is there")
        .arg(
            Arg::new("set")
                .value_name("SET")
                .value_parser(sets)
                .help("What to fetch [default: list what is there]"),
        )
        .arg(
            Arg::new("from")
                .long("from")
                .value_name("URL|PATH")
                .requires("set")
                .value_parser(NonEmptyStringValueParser::new())
                .help("Take the files from this address, folder or file instead of the usual addresses"),
        )
        .arg(
            Arg::new("list")
                .long("list")
                .action(ArgAction::SetTrue)
                .conflicts_with("set")
                .help("List what is there, and check each file by its SHA-256"),
        )
        .after_help(
            "The files go into the cache of this user; KATAS_DATA may name a folder that has them already, \
             as in KATAS_DATA=/data for /data/mnist. Each is checked by its SHA-256 and appears when it is \
             whole; an interrupted download resumes where it stopped. --from takes a folder as torchvision \
             or Kaggle lays it out, too. The first fetch builds the program that does it.\n\n\
             Exit codes: 0 the files are there · 2 unknown set · 3 download failed, or a file is wrong\n\n\
             Examples:\n  cargo kata data --list\n  cargo kata data mnist\n  \
             cargo kata data mnist --from /media/usb/mnist\n  \
             cargo kata data fashion-mnist --from http://localhost:8000/",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let Some(set) = matches.get_one::<String>("set") else {
        return list(context);
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
    if context.json { list(context) } else { Ok(Exit::Fine) }
}

/// A data set of this machine: where it is, and what is wrong with its files.
struct Listed {
    set: Need,
    folder: Option<PathBuf>,
    /// `None` where nothing could be checked.
    wrong: Option<Vec<String>>,
}

/// Prints which sets are there, with their SHA-256 checked.
fn list(context: &Context) -> Result<Exit, Problem> {
    let found = Need::DATA.map(|set| (set, set.found()));
    // Nothing is built where there is nothing to check.
    let can_check = found.iter().any(|(_, folder)| folder.is_some()) && build(context, true).is_ok();
    let mut sets = Vec::new();
    for (set, folder) in found {
        let wrong = match &folder {
            Some(folder) if can_check => wrong_files(context, set, folder)?,
            _ => None,
        };
        sets.push(Listed { set, folder, wrong });
    }
    let text = if context.json { as_json(&sets) } else { as_table(context, &sets) };
    context.print(&text);
    let fine = sets.iter().all(|listed| listed.wrong.as_ref().is_none_or(Vec::is_empty));
    Ok(if fine { Exit::Fine } else { Exit::Environment })
}

/// Each wrong file, with what is wrong with it.
fn wrong_files(context: &Context, set: Need, folder: &Path) -> Result<Option<Vec<String>>, Problem> {
    let (mut wrong, mut lines) = (Vec::new(), 0);
    let mut command = fetch("run", context, true);
    run_program(command.args(["--", "--check", set.word()]).arg(folder), |line| {
        lines += usize::from(line.is_some());
        wrong.extend(line.and_then(|line| line.strip_prefix("wrong")).map(|file| file.trim().to_owned()));
        Next::On
    })?;
    Ok((lines > 0).then_some(wrong))
}

fn as_json(sets: &[Listed]) -> String {
    let sets = sets.iter().map(|listed| {
        let genuine = listed.wrong.as_ref().map(Vec::is_empty);
        let wrong = listed.wrong.clone().unwrap_or_default();
        json!({ "set": listed.set.word(), "folder": listed.folder, "genuine": genuine, "wrong": wrong })
    });
    format!("{:#}\n", json!({ "sets": sets.collect::<Vec<_>>() }))
}

fn as_table(context: &Context, sets: &[Listed]) -> String {
    let style = context.style;
    let command = |set: Need| style.command(&format!("cargo kata data {set}"));
    let mut lines = Vec::new();
    for Listed { set, folder, wrong } in sets {
        let Some(folder) = folder else {
            let remedy = format!("{} fetches it ({})", command(*set), set.size());
            lines.push((format!("{} {set}", style.faint("○")), remedy));
            continue;
        };
        let place = folder.display();
        match wrong.as_deref() {
            None => lines.push((
                format!("{} {set}", style.warm("?")),
                format!("{place} (not checked: the program that checks could not be built)"),
            )),
            Some([]) => lines.push((format!("{} {set}", style.good("✓")), place.to_string())),
            Some(wrong) => {
                lines.push((format!("{} {set}", style.bad("✗")), place.to_string()));
                lines.extend(wrong.iter().map(|file| (String::new(), file.clone())));
                let remedy = format!("Remove what is wrong, and {} fetches it anew.", command(*set));
                lines.push((String::new(), remedy));
            }
        }
    }
    format!("\n{}", table(&lines))
}

/// The program that fetches is built on its first use, so that no one waits for it before.
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
    // The two versions would take each other's place, and be built anew each time.
    let target = context.workspace.target();
    command.env("CARGO_TARGET_DIR", if lean { target.join("kata").join("fetch") } else { target });
    command
}
