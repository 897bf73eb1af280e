//! `cargo kata book`: the chapters and a page for each kata as a site that needs no network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use super::setup::require_mdbook;
use super::{Context, Entry};
use engine::judging::build::cargo;
use engine::judging::hand_over;
use engine::machine::browser;
use engine::problem::{Doing, Exit, Problem};

pub(super) const ENTRY: Entry = Entry { describe, run };

fn describe() -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    Command::new("book")
        .about("Read the book in a browser: typeset formulas, pictures, search, a page for each kata")
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .help("The output directory [default: target/book]"),
        )
        .arg(flag("no-open", "Only build it"))
        .arg(flag("yes", "Install mdBook without asking, where it is missing"))
        .after_help(
            "The site is built by mdBook (https://rust-lang.github.io/mdBook) and works without a network. \
             In a pipe, or without a display, it is built and its path printed. `cargo kata explain` shows \
             the same text in the terminal.\n\n\
             Examples:\n  cargo kata book\n  cargo kata book --no-open --out site",
        )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let out = match matches.get_one::<PathBuf>("out") {
        Some(out) => std::path::absolute(out).doing("find", out)?,
        None => context.workspace.target().join("book"),
    };
    if holds_something_else(&out)? {
        return Err(Problem::Usage {
            what: format!(
                "{} holds files that are not of the book, and mdBook would remove them",
                out.display()
            ),
            remedy: "Name a new folder, or an empty one.".to_owned(),
        });
    }
    require_mdbook(context, matches.get_flag("yes"))?;
    build(context, &out)?;
    let index = out.join("index.html");
    if context.json {
        context.print(&format!("{:#}\n", json!({ "index": index })));
        return Ok(Exit::Fine);
    }
    context.print(&format!("{} {}\n", context.style.good("✓"), index.display()));
    if !matches.get_flag("no-open") && browser::is_there() {
        // Where that fails, its path is printed already.
        let _look_for_yourself = browser::open(&index.to_string_lossy());
    }
    Ok(Exit::Fine)
}

/// mdBook empties the directory that it writes to. A book of ours has its search index there.
fn holds_something_else(out: &Path) -> Result<bool, Problem> {
    let mut entries = match fs::read_dir(out) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        entries => entries.doing("read", out)?,
    };
    let is_empty = entries.next().is_none();
    let is_book = out.join("index.html").is_file() && out.join("m01_linear_algebra.html").is_file();
    Ok(!is_empty && !is_book)
}

/// Builds the preprocessor first: mdBook leaves out one that does not run, and writes the book without it.
fn build(context: &Context, out: &Path) -> Result<(), Problem> {
    let failed = |what: &str| Problem::Installation {
        what: format!("the book was not built: {what}"),
        remedy: "What went wrong is said above.".to_owned(),
    };
    let mut preprocessor = cargo();
    preprocessor.args(["build", "--quiet", "--package", "site", "--bin", "book-pages"]);
    preprocessor.current_dir(context.workspace.root()).env("CARGO_TARGET_DIR", context.workspace.target());
    if !hand_over(&mut preprocessor)?.success() {
        return Err(failed("the program that sets its formulas does not compile"));
    }
    let mut mdbook = Program::new("mdbook");
    mdbook.arg("build").arg(context.workspace.path("book")).arg("--dest-dir").arg(out);
    mdbook.env("CARGO_TARGET_DIR", context.workspace.target()).env("MDBOOK_LOG", "warn");
    if !hand_over(&mut mdbook)?.success() {
        return Err(failed("mdBook ended with an error"));
    }
    Ok(())
}
