//! Programs made of the learner's katas: built and run through cargo, since this one never links a kata.

use std::ffi::OsString;
use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::{hand_over, interrupt};
use engine::machine::Need;
use engine::problem::{Exit, Problem};

pub(super) const PIPELINE: Entry = Entry { describe: describe_pipeline, run: run_pipeline };
pub(super) const VISION: Entry = Entry { describe: describe_vision, run: run_vision };
pub(super) const SERVE: Entry = Entry { describe: describe_serve, run: run_serve };

fn describe_pipeline() -> Command {
    with_solutions(Command::new("pipeline"))
        .about("From a file to a report, pictures and a notebook, with your katas of milestone 10")
        // The program's own help, printed before anything is built.
        .override_help(include_str!("../../../programs/src/pipeline/help.txt"))
        .arg(rest("OPTION"))
}

fn describe_serve() -> Command {
    let port = Arg::new("port").long("port").value_name("PORT").value_parser(value_parser!(u16));
    with_solutions(Command::new("serve"))
        .about("Serve a model over HTTP with your katas of the boss")
        .arg(port.default_value("8080").help("Where to listen, on this machine only; 0 takes any free port"))
        .after_help(
            "Trains a model of the embedded digits with your `train` of milestone 10, and serves it with \
             your `app` and `serve`. At / is a page to draw a digit on: the probabilities, what the model \
             sees, and an attack with your `fgsm`. Ctrl-C finishes the requests that have begun.\n\n\
             Examples:\n  cargo kata serve\n  cargo kata serve --port 9000 --solutions",
        )
}

fn describe_vision() -> Command {
    let path = |name| Arg::new(name).value_parser(value_parser!(OsString));
    with_solutions(Command::new("vision"))
        .about("What your katas of milestone 8 make of a picture: edges, lines, corners, faces")
        .arg(path("picture").required(true).value_name("FILE").help("A PNG or JPEG file"))
        .arg(path("out").long("out").value_name("DIR").default_value("vision").help("The output directory"))
        .arg(
            Arg::new("size")
                .long("size")
                .value_name("PIXELS")
                .value_parser(value_parser!(u16).range(16..=2000))
                .default_value("320")
                .help("The longer side that the picture is reduced to"),
        )
        .after_help(
            "Writes a PNG file for each step, and sheet.png with all of them. A step whose kata is not \
             written is left out, which is said. Faces need OpenCV; the rest is your own arithmetic.\n\n\
             Examples:\n  cargo kata vision photo.jpg\n  cargo kata vision photo.jpg --size 640 --solutions",
        )
}

fn run_vision(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let path = |name| matches.get_one::<OsString>(name).cloned().unwrap_or_default();
    let size = matches.get_one::<u16>("size").copied().unwrap_or(320).to_string();
    let words = [path("picture"), "--out".into(), path("out"), "--size".into(), size.into()];
    let features = if Need::OpenCv.is_met(false) { "vision,opencv" } else { "vision" };
    run_with(context, "vision", features, matches.get_flag("solutions"), &words)
}

fn with_solutions(command: Command) -> Command {
    let help = "The reference's katas instead of yours";
    command.arg(Arg::new("solutions").long("solutions").action(ArgAction::SetTrue).help(help))
}

fn rest(name: &'static str) -> Arg {
    Arg::new("rest")
        .value_name(name)
        .num_args(0..)
        .allow_hyphen_values(true)
        .trailing_var_arg(true)
        .value_parser(value_parser!(OsString))
}

fn run_pipeline(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let asked: Vec<&OsString> = matches.get_many("rest").unwrap_or_default().collect();
    let solutions = matches.get_flag("solutions") || asked.iter().any(|word| *word == "--solutions");
    let mut words: Vec<OsString> = vec!["--repository".into(), context.workspace.root().into()];
    words.extend(asked.into_iter().filter(|word| *word != "--solutions").cloned());
    run(context, "pipeline", solutions, &words)
}

fn run_serve(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or(8080);
    let words = ["--port".into(), port.to_string().into()];
    run(context, "serve", matches.get_flag("solutions"), &words)
}

/// Builds with optimization, as one does for what is to be used, and runs in the folder from which we were called.
fn run(context: &Context, program: &str, solutions: bool, words: &[OsString]) -> Result<Exit, Problem> {
    run_with(context, program, program, solutions, words)
}

fn run_with(
    context: &Context,
    program: &str,
    features: &str,
    solutions: bool,
    words: &[OsString],
) -> Result<Exit, Problem> {
    let features = if solutions { format!("{features},solutions") } else { features.to_owned() };
    let package =
        ["--release", "--package", "programs", "--bin", program, "--features", &features, "--manifest-path"];
    let package = package.map(OsString::from).into_iter();
    let package: Vec<OsString> = package.chain([context.workspace.path("Cargo.toml").into()]).collect();
    // Ctrl-C is the program's: it finishes, and so do we. A second one ends us at once.
    interrupt::listen();
    if let Some(failed) = first_build(context, "release", program, &package)? {
        return Ok(failed);
    }
    let mut command = cargo();
    command.args(["run", "--quiet"]).args(package).env("CARGO_TARGET_DIR", context.workspace.target());
    let status = hand_over(command.arg("--").args(words))?;
    Ok(if status.code() == Some(READER_IS_GONE) { Exit::Fine } else { status.into() })
}

/// With this code the programs end when no one reads them any more, as in `| head -1`.
pub(super) const READER_IS_GONE: i32 = 141;

/// Builds a program that was never built in this target folder, and says that it takes a while; cargo shows how far it
/// is. The exit if that fails.
pub(super) fn first_build(
    context: &Context,
    profile: &str,
    program: &str,
    package: &[OsString],
) -> Result<Option<Exit>, Problem> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    if context.json || context.workspace.target().join(profile).join(file).is_file() {
        return Ok(None);
    }
    let words = format!("building {program}; the first time takes a minute");
    let _nowhere_to_report = writeln!(std::io::stderr(), "{words}");
    let mut command = cargo();
    command.arg("build").args(package).env("CARGO_TARGET_DIR", context.workspace.target());
    let status = hand_over(&mut command)?;
    Ok((!status.success()).then(|| status.into()))
}
