//! For those who write katas.

mod check;
mod new;
mod stub;
mod templates;

use clap::{ArgMatches, Command};

use super::{Context, Entry};
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("author")
        .about("For those who write katas: lay one out, write its stub, check it")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([new::describe(), stub::describe(), check::describe()])
        .after_help(
            "CONTRIBUTING.md shows the whole way.\n\nExamples:\n  cargo kata author new \
             m01_linear_algebra/vectors/cross\n  cargo kata author stub vectors\n  cargo kata author check \
             vectors/dot",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    match matches.subcommand() {
        Some(("new", matches)) => new::run(context, matches),
        Some(("stub", matches)) => stub::run(context, matches),
        Some(("check", matches)) => check::run(context, matches),
        _ => Ok(Exit::Usage),
    }
}
