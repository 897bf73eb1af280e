//! Prints the systematic mutants of some milestones as a module tree, and as JSON what is in it: called by
//! `cargo kata verify --only mutants`, which judges the laws by them.

use std::env;
use std::fs;
use std::process::ExitCode;

use engine::catalog::Catalog;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;
use grader::judge::isolated::ipc;
use serde_json::json;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let (Some(features), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!(
            "usage: mutants FEATURE,… FILE\n\nwrites the module tree into FILE, for the feature `mutants`"
        );
        return ExitCode::from(2);
    };
    match print(&features, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn print(features: &str, out: &str) -> Result<(), Problem> {
    let workspace = Workspace::find()?;
    let catalog = Catalog::read(&workspace)?;
    let features: Vec<String> = features.split(',').map(ToOwned::to_owned).collect();
    let files = ipc::outlines(&workspace, &catalog, &features)?;
    let text = ipc::mutants(&files);
    // Written anew it would be compiled anew.
    if fs::read_to_string(out).ok().as_ref() != Some(&text) {
        fs::write(out, text).doing("write", out.as_ref())?;
    }
    let katas: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let named = file.functions.keys().filter(|name| file.has_mutants(name));
            named.map(|name| format!("{}/{name}", file.id))
        })
        .collect();
    let kinds: Vec<_> = wire::mutants::KINDS
        .iter()
        .map(|kind| json!({ "name": kind.name, "does": kind.does, "needs": kind.needs }))
        .collect();
    println!("{}", json!({ "katas": katas, "kinds": kinds }));
    Ok(())
}
