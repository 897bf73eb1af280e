use std::path::Path;
use std::process::Command as Program;

use clap::builder::{PossibleValuesParser, RangedU64ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::{Next, hand_over, interrupt, run_program};
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let number = |name: &'static str, usual: &'static str, help: &'static str| {
        let all = RangedU64ValueParser::<u64>::new();
        let range = if name == "epochs" { all.range(1..=100_000) } else { all };
        Arg::new(name).long(name).value_name("N").value_parser(range).default_value(usual).help(help)
    };
    let data = PossibleValuesParser::new(["digits", "mnist", "fashion-mnist"]);
    Command::new("train")
        .about("Train your network on whole data: curves, feature maps, a checkpoint")
        .arg(Arg::new("milestone").required(true).value_parser(PossibleValuesParser::new(["m07", "m09"])))
        .arg(Arg::new("data").long("data").value_parser(data).default_value("digits").help("What to learn"))
        .arg(number("epochs", "10", "How often each image is learnt from"))
        .arg(number("seed", "1", "The same seed gives the same curves"))
        .arg(Arg::new("solutions").long("solutions").action(ArgAction::SetTrue).help("Train the reference"))
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .default_value("training")
                .help("Where to leave what comes of it"),
        )
        .after_help(
            "Leaves curves.png, features.png (m09) and checkpoint.safetensors, with the figures' numbers \
             beside them.\n\nExit codes: 0 trained · 1 a kata on the way is unwritten or refused · 3 no \
             data, or no folder to write into\n\nExamples:\n  cargo kata train m07\n  cargo kata train m09 \
             --data mnist --epochs 3 --solutions",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let number = |name: &str| matches.get_one::<u64>(name).copied().unwrap_or(1).to_string();
    let mut features = format!("train,{}", text("milestone"));
    if matches.get_flag("solutions") {
        features += ",solutions";
    }
    // The profile of the laws: its libraries are optimised where it counts, and built already.
    let mut trained = program(context, "programs");
    trained.args(["--bin", "train", "--features", &features, "--", text("milestone"), text("data")]);
    trained.args([&number("epochs"), &number("seed")]).arg(text("out"));
    // Ctrl-C ends the programs; then we end, too, and say so with our code.
    interrupt::listen();
    let status = hand_over(&mut trained)?;
    // Cargo's own code: a kata does not compile.
    let exit = if status.code() == Some(101) { Exit::Broken } else { status.into() };
    if exit != Exit::Fine {
        return Ok(exit);
    }
    let mut left = Vec::new();
    for name in ["curves", "features"] {
        let figure = Path::new(text("out")).join(format!("{name}.figure"));
        // Of an earlier training there may be feature maps that are not this one's.
        if figure.is_file() && (name == "curves" || text("milestone") == "m09") {
            let mut drawn = program(context, "draw");
            drawn.args(["--", "--png"]).arg(figure.with_extension("png")).arg(&figure);
            let finished = run_program(&mut drawn, |_| Next::On)?;
            if !finished.status.success() {
                eprint!("{}", finished.stderr);
                return Ok(Exit::Environment);
            }
            left.push(format!("{name}.png"));
        }
    }
    left.push("checkpoint.safetensors".to_owned());
    let (tick, out) = (context.style.good("✓"), text("out"));
    context.print(&format!("{tick} {} in {out}\n", left.join(", ")));
    Ok(Exit::Fine)
}

fn program(context: &Context, package: &str) -> Program {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", package, "--manifest-path"]);
    command.arg(context.workspace.path("Cargo.toml")).env("CARGO_TARGET_DIR", context.workspace.target());
    command
}
