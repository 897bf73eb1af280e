use clap::{Arg, ArgAction, ArgMatches, Command};

use super::Context;
use super::Entry;
use engine::judging::build::cargo;
use engine::judging::hand_over;
use engine::machine::Need;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    Command::new("compare")
        .about("You, the reference and a library: first difference, speed")
        .arg(Arg::new("id").value_name("ID").num_args(0..).help("Katas, files or milestones [default: all]"))
        .arg(
            Arg::new("solutions")
                .long("solutions")
                .action(ArgAction::SetTrue)
                .help("The reference and the library, without you"),
        )
        .arg(
            Arg::new("list")
                .long("list")
                .action(ArgAction::SetTrue)
                .help("List the katas that can be compared, of these or of all milestones"),
        )
        .after_help(
            "Builds with optimization, which takes a while the first time.\n\n\
             Examples:\n  cargo kata compare dot\n  cargo kata compare m01\n  \
             cargo kata compare m01 --list\n  cargo kata compare conv2d_backward --solutions",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let mut ids: Vec<&str> = Vec::new();
    let mut features: Vec<&str> = Vec::new();
    for asked in matches.get_many::<String>("id").unwrap_or_default() {
        let found = context.catalog.find(asked)?;
        ids.push(found.id());
        let milestones = context.catalog.milestones.iter();
        let asked = milestones.filter(|milestone| found.id().starts_with(&milestone.id));
        features.extend(asked.map(|milestone| milestone.feature.as_str()));
    }
    let all = features.is_empty();
    let mut command = cargo();
    command.current_dir(context.workspace.root()).args(["run", "--release", "--package", "programs"]);
    command.args(["--bin", "compare"]);
    let is_vision = features.contains(&"m08") || all;
    if all {
        features.push("all-milestones");
    }
    features.push("compare");
    if is_vision && Need::OpenCv.is_met(false) {
        features.push("opencv");
    }
    if matches.get_flag("solutions") {
        features.push("solutions");
    }
    command.args(["--features", &features.join(",")]);
    // A report shows what the learner's own katas are worth, too.
    let kept = context.workspace.path(".kata/comparisons");
    if !matches.get_flag("solutions") && std::fs::create_dir_all(&kept).is_ok() {
        command.env("KATAS_COMPARISONS", kept);
    }
    let list = matches.get_flag("list").then_some("--list");
    // Its build may take half a minute: cargo shows how far it is.
    Ok(hand_over(command.arg("--").args(list).args(ids))?.into())
}
