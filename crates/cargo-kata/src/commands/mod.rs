//! The commands, one file each, and the registry that lists them.

mod author;
mod book;
mod challenge;
mod compare;
mod context;
mod dashboard;
mod data;
mod explain;
mod glossary;
mod grade;
mod hint;
mod list;
mod open;
mod plot;
mod program;
mod prompt;
mod report;
mod reset;
mod restore;
mod setup;
mod solution;
mod test;
mod train;
mod update;
mod verify;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

pub(crate) use context::Context;

use crate::show::{Style, failure, forget_cargos_lines, print, wrap};
use engine::problem::{Exit, Problem};

/// A command: how it is called, and what it does.
pub(crate) struct Entry {
    /// The command line, with help and examples.
    pub(crate) describe: fn() -> Command,
    /// What it does.
    pub(crate) run: fn(&Context, &ArgMatches) -> Result<Exit, Problem>,
}

/// All commands, in the order of the help. A new one is a file and a line here.
const REGISTRY: [Entry; 24] = [
    list::ENTRY,
    test::ENTRY,
    watch::ENTRY,
    open::ENTRY,
    hint::ENTRY,
    explain::ENTRY,
    book::ENTRY,
    plot::ENTRY,
    program::PIPELINE,
    program::VISION,
    program::SERVE,
    solution::ENTRY,
    compare::ENTRY,
    challenge::ENTRY,
    data::ENTRY,
    train::ENTRY,
    report::ENTRY,
    reset::ENTRY,
    restore::ENTRY,
    update::ENTRY,
    setup::ENTRY,
    grade::ENTRY,
    verify::ENTRY,
    author::ENTRY,
];

const ABOUT: &str = "Learn machine learning in Rust, one broken law at a time.

Without a command: how far you are, and the next kata with its verdict.";

const AFTER: &str =
    "An ID is a path such as m01_linear_algebra/vectors/dot. Its end is enough where it is unique (dot, \
     vectors/dot); a file (vectors) or a milestone (m01) stands for all its katas.

Exit codes: 0 every law asked about holds · 1 a law is broken or its kata not written · 2 unknown command, \
     option or id · 3 something is missing: the repository, cargo, a readable file · 130 ended by Ctrl-C

Examples:
  cargo kata                 where am I, and what is next?
  cargo kata watch           judge the next kata at each save
  cargo kata hint dot        the next hint for a kata";

fn command_line() -> Command {
    let json = Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .global(true)
        .help("Answer in JSON, for a program");
    Command::new("cargo kata")
        .bin_name("cargo kata")
        .about(ABOUT)
        .after_help(AFTER)
        .version(env!("CARGO_PKG_VERSION"))
        .arg(json)
        .subcommands(REGISTRY.iter().map(|entry| (entry.describe)()))
}

/// Runs `cargo kata` and returns how it ended; see [`Exit`].
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    forget_cargos_lines();
    let mut arguments: Vec<_> = arguments.collect();
    // As an installed `cargo-kata`, cargo calls us with our own name first.
    if arguments.get(1).is_some_and(|first| first == "kata") {
        arguments.remove(1);
    }
    let style = Style::of_stdout();
    let exit = match command_line().try_get_matches_from(&arguments) {
        Ok(matches) => dispatch(&matches, style),
        Err(error) if error.use_stderr() && arguments.iter().any(|it| it == "--json") => {
            let text = error.render().to_string();
            let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            print_error(what, &["`cargo kata --help` shows what there is.".to_owned()], Exit::Usage);
            Exit::Usage
        }
        Err(error) => {
            match error.use_stderr() {
                true => eprint!("{}", error.render()),
                false => print(&error.render().to_string()),
            }
            match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Fine,
                ErrorKind::InvalidSubcommand => {
                    perhaps_an_id(&arguments, style);
                    Exit::Usage
                }
                _ => Exit::Usage,
            }
        }
    };
    match failure() {
        Some(why) => {
            eprintln!("cannot write to standard output: {why}");
            ExitCode::from(Exit::Environment as u8)
        }
        None => ExitCode::from(exit as u8),
    }
}

/// Who types `cargo kata dot` wants to see it judged.
fn perhaps_an_id(arguments: &[OsString], style: Style) {
    let Some(asked) = arguments.get(1).and_then(|asked| asked.to_str()) else { return };
    let known = Context::new(style, false).is_ok_and(|context| context.catalog.find(asked).is_ok());
    if known {
        eprintln!("\n{asked} is an id: {} judges it.", style.command(&format!("cargo kata test {asked}")));
    }
}

fn dispatch(matches: &ArgMatches, style: Style) -> Exit {
    let outcome =
        Context::new(style, matches.get_flag("json")).and_then(|context| match matches.subcommand() {
            None => dashboard::run(&context),
            Some((name, matches)) => {
                let entry = REGISTRY.iter().find(|entry| (entry.describe)().get_name() == name);
                entry.map_or(Ok(Exit::Usage), |entry| (entry.run)(&context, matches))
            }
        });
    outcome.unwrap_or_else(|problem| {
        if matches.get_flag("json") {
            print_error(&problem.to_string(), &problem.remedy(), problem.exit());
        } else {
            complain(&problem, style);
        }
        problem.exit()
    })
}

/// An error, for a program that reads JSON.
fn print_error(what: &str, remedy: &[String], exit: Exit) {
    let error = json!({ "error": { "what": what, "remedy": remedy, "exit": exit as u8 } });
    print(&format!("{error:#}\n"));
}

/// The problem and its remedy, on standard error.
pub(crate) fn complain(problem: &Problem, style: Style) {
    if matches!(problem, Problem::Interrupted) {
        return;
    }
    let mut text = format!("{} {problem}", style.bad("✗"));
    for line in problem.remedy() {
        text.push('\n');
        text += &wrap(&line, "  ", style.width);
    }
    eprintln!("{text}");
}

/// How much the laws draw, for commands that judge.
pub(crate) fn draws() -> [Arg; 2] {
    let number = |name: &'static str, least| {
        Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u32).range(least..))
    };
    [
        number("seeds", 1).default_value("1").help("Judge with the seeds 1 to N"),
        number("cases", 256).help("Let each law draw N inputs instead of 256"),
    ]
}

/// An optional id, for commands that take one.
pub(crate) fn id_argument() -> Arg {
    Arg::new("id")
        .value_name("ID")
        .help("A kata, by its id or the end of it [default: the next unfinished one]")
}
