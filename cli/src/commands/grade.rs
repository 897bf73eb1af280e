//! `cargo kata grade`: hands over to the grader, which learners need not build.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::Context;
use super::Entry;
use crate::judging::build::cargo;
use crate::judging::hand_over;
use crate::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

const AFTER: &str = "A submission is a katas/ folder or an archive of one; a folder of many is a class. Untrusted code runs shut in by \
bubblewrap, or not at all. The results come as JSON, and from it as pages, JUnit, Gradescope's results.json, Markdown \
and a table.

Options, all of which `cargo kata grade . --help` explains: --out DIR, --seed N, --milestone M, --jobs N, \
--scan off|advise|enforce, --shard I/N, --single, --prepare, --crossing; `cargo kata grade merge --help` tells how parts of a class \
become one.

Examples:
  cargo kata grade submissions/ --out grades
  cargo kata grade ada.zip --milestone m01
  cargo kata grade submissions/ --scan enforce            lines against the rules cost their katas
  cargo kata grade submissions/ --seed 4711 --shard 1/4 --out part-1  a quarter of a class, on one of four machines
  cargo kata grade merge part-1 part-2 part-3 part-4 --out grades
  cargo kata grade --crossing                             which katas can be graded";

fn describe() -> Command {
    Command::new("grade").about("Grade untrusted submissions (for instructors)").after_help(AFTER).arg(
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
    // The warden too, which stands beside the grader in the cage.
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
