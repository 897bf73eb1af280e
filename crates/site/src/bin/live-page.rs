//! Serves the live page of the repository in which it is called.

use std::io::Write;
use std::process::ExitCode;

use clap::{Arg, ArgAction, Command, value_parser};
use engine::course::Course;
use engine::machine::browser;
use site::live::Page;

fn main() -> ExitCode {
    let port = Arg::new("port").long("port").value_name("PORT").value_parser(value_parser!(u16));
    let matches = Command::new("live-page")
        .about("A page that judges at each save")
        .arg(port.default_value("0").help("Where to listen, on this machine only; 0 takes any free port"))
        .arg(Arg::new("no-open").long("no-open").action(ArgAction::SetTrue).help("Only print the address"))
        .arg(
            Arg::new("follow")
                .long("follow")
                .action(ArgAction::SetTrue)
                .help("Show what `cargo kata watch` finds out, and judge nothing at a save"),
        )
        .get_matches();
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let course = match Course::here() {
        Ok(course) => course,
        Err(problem) => return failed(&problem.to_string()),
    };
    let page = match Page::at(port) {
        Ok(page) => page,
        Err(error) => {
            return failed(&format!("port {port} cannot be used: {error}. `--port 0` takes any free one"));
        }
    };
    let address = page.address();
    let opens = !matches.get_flag("no-open") && browser::is_there();
    let _no_one_reads = writeln!(std::io::stdout(), "{address}\nCtrl-C ends it");
    if opens && let Err(why) = browser::open(&address) {
        eprintln!("the browser was not opened: {why}");
    }
    match page.serve(course, matches.get_flag("follow")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("live-page: {why}");
    ExitCode::from(3)
}
