//! `cargo kata open`: the live page, a program of its own because it brings a web server that no one needs before.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command as Program, Stdio};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::program::first_build;
use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::{hand_over, interrupt};
use engine::machine::browser;
use engine::problem::{Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let port = Arg::new("port").long("port").value_name("PORT").value_parser(value_parser!(u16));
    Command::new("open")
        .about("Open a page in the browser that shows the verdict at each save, with your pictures")
        .arg(port.default_value("0").help("Where to listen, on this machine only; 0 takes any free port"))
        .arg(
            Arg::new("no-open")
                .long("no-open")
                .action(ArgAction::SetTrue)
                .help("Only print the address, as where there is no display"),
        )
        .after_help(
            "The page has the course map with your stars, the task, the verdict law by law, hints, the \
             chapter, and what your code draws next to what the reference draws. It is served on the \
             loopback address, under a secret path, and needs no network. Ctrl-C ends it.\n\n\
             Exit code 3 if the port is taken.\n\n\
             Examples:\n  cargo kata open\n  cargo kata open --port 8000 --no-open",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    // Ctrl-C is the program's: it ends, and so do we.
    interrupt::listen();
    if let Some(failed) = first_build(context, "debug", "live-page", &package(context))? {
        return Ok(failed);
    }
    let mut command = live_page(context);
    command.args(["--port", &port.to_string()]);
    if matches.get_flag("no-open") {
        command.arg("--no-open");
    }
    Ok(hand_over(&mut command)?.into())
}

fn package(context: &Context) -> Vec<OsString> {
    let manifest = context.workspace.path("Cargo.toml").into_os_string();
    let package = ["--package", "site", "--bin", "live-page", "--features", "live", "--manifest-path"];
    package.map(OsString::from).into_iter().chain([manifest]).collect()
}

fn live_page(context: &Context) -> Program {
    let mut command = cargo();
    command.args(["run", "--quiet"]).args(package(context)).arg("--");
    command.env("CARGO_TARGET_DIR", context.workspace.target());
    command
}

/// A page that shows what `watch` finds out; it ends with this value.
pub(super) struct Follower {
    process: Child,
    /// Where it is.
    pub(super) address: String,
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// Opens the page next to a program that judges; `None` if it cannot be built, which is said then.
pub(super) fn follower(context: &Context) -> Result<Option<Follower>, Problem> {
    if first_build(context, "debug", "live-page", &package(context))?.is_some() {
        return Ok(None);
    }
    let mut command = live_page(context);
    // Keys are those of the terminal's own program.
    command.args(["--follow", "--no-open"]).stdin(Stdio::null()).stdout(Stdio::piped());
    let no_page = |error| Problem::Program {
        name: "live-page".to_owned(),
        error,
        remedy: "Without --open the verdicts are shown in the terminal.".to_owned(),
    };
    let mut process = command.spawn().map_err(no_page)?;
    let mut address = String::new();
    if let Some(out) = process.stdout.take() {
        BufReader::new(out).read_line(&mut address).map_err(no_page)?;
    }
    let follower = Follower { process, address: address.trim().to_owned() };
    if browser::is_there() {
        // Where that fails, its address is printed below each verdict.
        let _look_for_yourself = browser::open(&follower.address);
    }
    Ok(Some(follower))
}
