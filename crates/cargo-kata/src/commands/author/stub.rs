use std::fs;

use clap::{Arg, ArgMatches, Command};

use super::Context;
use engine::outline::outline;
use engine::problem::{Doing, Exit, Problem};
use engine::state::write_whole;

pub(super) fn describe() -> Command {
    Command::new("stub")
        .about("Write the stubs of a file from its reference; a text that is replaced is kept")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .help("A file by its id, such as m01_linear_algebra/vectors"),
        )
        .after_help(
            "Examples:\n  cargo kata author stub m01_linear_algebra/vectors\n  cargo kata author stub m01",
        )
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let asked = matches.get_one::<String>("file").map_or("", String::as_str);
    let mut files: Vec<String> = Vec::new();
    for kata in context.catalog.find(asked)?.katas() {
        if files.iter().all(|file| file != kata.file_id()) {
            files.push(kata.file_id().to_owned());
        }
    }
    for file in files {
        let solution = context.workspace.path(format!("solutions/{file}.rs"));
        let stub = outline(&fs::read_to_string(&solution).doing("read", &solution)?);
        let shown = format!("katas/{file}.rs");
        let path = context.workspace.path(&shown);
        let old = fs::read_to_string(&path).unwrap_or_default();
        if old == stub {
            context.print(&format!("{shown} is up to date\n"));
            continue;
        }
        // What only has other stubs is no loss.
        if !old.is_empty() && outline(&old) != old {
            let kept = context.memory.keep(&shown, old.as_bytes())?;
            context.print(&format!("the old text is kept in {}\n", kept.display()));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).doing("make the folder", folder)?;
        }
        write_whole(&path, stub.as_bytes()).doing("write", &path)?;
        context.print(&format!("{shown} is written\n"));
    }
    Ok(Exit::Fine)
}
