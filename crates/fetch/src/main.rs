//! `fetch`: a data set, into the cache.

mod arguments;
mod bar;

use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, HELP, Request};
use bar::Bar;
use fetch::{Source, Way, collection, deliver};
use kit::data::mnist::{Set, cache};

fn main() -> ExitCode {
    let arguments = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Request::Fetch(arguments)) => arguments,
        Err(wrong) => {
            eprintln!("fetch: {wrong}\nTry `fetch --help`.");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("fetch: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let known = |set: &Set| set.name() == arguments.set;
    let set = Set::ALL.into_iter().find(known).ok_or("there is no such data set")?;
    let collection = collection(set);
    let no_cache = "no cache folder is known: set HOME, or name one with --into";
    let into = match &arguments.into {
        Some(into) => into.clone(),
        None => cache().ok_or(no_cache)?.join(set.name()),
    };
    let sources = match &arguments.from {
        Some(from) => among(Source::of(from), set),
        None => collection.sources.iter().map(|source| Source::of(source)).collect(),
    };
    let mut bar = Bar::new();
    let delivered = deliver(&collection, &sources, &into, &mut |name, have, all| bar.show(name, have, all));
    bar.clear();
    let otherwise = "Another way: get its four files elsewhere, and name their folder with --from.";
    for file in delivered.map_err(|failure| format!("{failure}\n{otherwise}"))? {
        let what = if file.way == Way::Fetched { "fetched" } else { "was there" };
        eprintln!("{what:9}  {}", file.path.display());
    }
    Ok(())
}

/// A folder may be the set's own, or hold it.
fn among(source: Source, set: Set) -> Vec<Source> {
    match source {
        Source::Folder(folder) => {
            let below = folder.join(set.name());
            vec![Source::Folder(if Path::new(&below).is_dir() { below } else { folder })]
        }
        address => vec![address],
    }
}
