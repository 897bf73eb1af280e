use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command as Program;
use std::time::{Duration, SystemTime};
use std::{fs, io};

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::program::{READER_IS_GONE, first_build};
use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::{Next, hand_over, interrupt, run_program};
use engine::problem::{Doing, Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let number = |name: &'static str, usual: &'static str, help: &'static str| {
        let all = RangedU64ValueParser::<u64>::new();
        let range = if name == "epochs" { all.range(1..=100_000) } else { all };
        Arg::new(name).long(name).value_name("N").value_parser(range).default_value(usual).help(help)
    };
    let data = PossibleValuesParser::new(["digits", "mnist", "fashion-mnist", "sorting", "sentences"]);
    let milestones = PossibleValuesParser::new(["m07", "m09", "x4"]);
    Command::new("train")
        .about("Train your network on whole data: curves, feature maps, attention, a checkpoint")
        .arg(Arg::new("milestone").required(true).value_parser(milestones))
        .arg(
            Arg::new("data")
                .long("data")
                .value_parser(data)
                .help("The data set [default: digits; x4 learns from sorting or sentences: sorting]"),
        )
        .arg(number("epochs", "10", "Passes over the data"))
        .arg(number("seed", "1", "The same seed gives the same curves"))
        .arg(Arg::new("solutions").long("solutions").action(ArgAction::SetTrue).help("Train the reference"))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("The output directory [default: training/MILESTONE]"),
        )
        .after_help(
            "Writes curves.png, features.png (m09), attention_block1_head1.png and so on (x4), \
             checkpoint.safetensors, and the figures' numbers as text.\n\n\
             Exit codes: 0 trained · 1 a kata on the way is unwritten or returned an error · 3 no data, or \
             no folder to write into\n\n\
             Examples:\n  cargo kata train m07\n  cargo kata train m09 --data mnist --epochs 3 \
             --solutions\n  cargo kata train x4 --data sentences",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or(1).to_string();
    let mut features = format!("train,{}", text("milestone"));
    if matches.get_flag("solutions") {
        features += ",solutions";
    }
    let out = matches.get_one::<PathBuf>("out").cloned();
    let out = out.unwrap_or_else(|| PathBuf::from("training").join(text("milestone")));
    // Ctrl-C ends the programs; then we end, too, and say so with our code.
    interrupt::listen();
    // The profile of the laws: its libraries are optimized where it counts, and built already.
    let package = ["--package", "programs", "--bin", "train", "--features", &features, "--manifest-path"];
    let package = package.map(OsString::from).into_iter();
    let package: Vec<OsString> = package.chain([context.workspace.path("Cargo.toml").into()]).collect();
    if first_build(context, "debug", "train", &package)?.is_some() {
        return Ok(Exit::Broken);
    }
    let mut trained = cargo();
    trained.args(["run", "--quiet"]).args(package).env("CARGO_TARGET_DIR", context.workspace.target());
    trained.args(["--", text("milestone"), "--epochs", &number("epochs")]);
    trained.args(["--seed", &number("seed"), "--out"]).arg(&out);
    if let Some(data) = matches.get_one::<String>("data") {
        trained.args(["--data", data]);
    }
    // A file's time may be kept in whole seconds.
    let began = SystemTime::now() - Duration::from_secs(1);
    let status = hand_over(&mut trained)?;
    if status.code() == Some(READER_IS_GONE) {
        return Ok(Exit::Fine);
    }
    // Cargo's own code: a kata does not compile.
    let exit = if status.code() == Some(101) { Exit::Broken } else { status.into() };
    if exit != Exit::Fine {
        return Ok(exit);
    }
    let mut left = Vec::new();
    for figure in figures(&out, began).doing("read the folder", &out)? {
        let picture = figure.with_extension("png");
        let mut drawn = draw(context);
        drawn.args(["--", "--png"]).arg(&picture).arg(&figure);
        let finished = run_program(&mut drawn, |_| Next::On)?;
        if !finished.status.success() {
            eprint!("{}", finished.stderr);
            return Ok(Exit::Environment);
        }
        left.extend(picture.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    left.push("checkpoint.safetensors".to_owned());
    let tick = context.style.good("✓");
    context.print(&format!("{tick} {} in {}\n", left.join(", "), out.display()));
    Ok(Exit::Fine)
}

/// The figures of this training, by name: an earlier one may have left others in the folder.
fn figures(folder: &Path, began: SystemTime) -> io::Result<Vec<PathBuf>> {
    let mut figures = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_figure = path.extension().is_some_and(|it| it == "figure");
        if is_figure && fs::metadata(&path)?.modified()? >= began {
            figures.push(path);
        }
    }
    figures.sort();
    Ok(figures)
}

fn draw(context: &Context) -> Program {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "draw", "--manifest-path"]);
    command.arg(context.workspace.path("Cargo.toml")).env("CARGO_TARGET_DIR", context.workspace.target());
    command
}
