//! `cargo kata grade`: hands over to the grader, which learners need not build.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::Context;
use super::Entry;
use engine::judging::build::cargo;
use engine::judging::hand_over;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("grade")
        .about("Grade untrusted submissions (for instructors)")
        // The grader's own words, printed before it is built.
        .override_help(include_str!("../../../grader/src/help.txt"))
        .arg(
            Arg::new("arguments")
                .value_name("SUBMISSION")
                .action(ArgAction::Append)
                .num_args(0..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true)
                .value_parser(value_parser!(OsString)),
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let root = context.workspace.root();
    // The supervisor too, which runs in the sandbox.
    let mut build = cargo();
    build.args(["build", "--quiet", "--package", "grader"]).current_dir(root);
    if !hand_over(&mut build)?.success() {
        return Ok(Exit::Environment);
    }
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "grader", "--bin", "grader", "--manifest-path"]);
    command.arg(root.join("Cargo.toml")).arg("--");
    command.args(matches.get_many::<OsString>("arguments").into_iter().flatten());
    if matches.get_flag("json") {
        command.arg("--json");
    }
    Ok(hand_over(&mut command)?.into())
}
