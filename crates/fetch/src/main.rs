//! `fetch`: a data set, into the cache.

mod arguments;
mod bar;

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use arguments::{Arguments, Request};
use bar::Bar;
use fetch::{FetchError, Genuine, Provider, Way, collection, deliver, genuine};
use kit::data::mnist::{Set, cache, candidates};

/// An exit code, and what there is to say about it.
type Ended = (u8, String);

fn main() -> ExitCode {
    let request = match arguments::command().try_get_matches_from(std::env::args_os()) {
        Ok(matches) => arguments::request(&matches),
        Err(error) if error.use_stderr() => {
            tell(error.to_string().trim_end());
            return ExitCode::from(2);
        }
        Err(help) => return finish(print(&help.to_string())),
    };
    finish(match request {
        Some(Request::Fetch(set, arguments)) => run(set, &arguments),
        Some(Request::Check(set, folders)) => check(set, folders),
        None => Err((2, "there is no such data set".to_owned())),
    })
}

fn finish(outcome: Result<(), Ended>) -> ExitCode {
    let Err((code, words)) = outcome else { return ExitCode::SUCCESS };
    if !words.is_empty() {
        tell(&format!("fetch: {words}"));
    }
    ExitCode::from(code)
}

fn run(set: Set, arguments: &Arguments) -> Result<(), Ended> {
    let collection = collection(set);
    let no_cache = || (1, "no cache folder is known: set HOME, or name one with --into".to_owned());
    let into = match &arguments.into {
        Some(into) => into.clone(),
        None => cache().ok_or_else(no_cache)?.join(set.name()),
    };
    let sources: Vec<Provider> = match &arguments.from {
        Some(from) => vec![Provider::of(from)],
        None => collection.sources.iter().map(|source| Provider::of(source)).collect(),
    };
    let mut bar = Bar::new();
    let delivered = deliver(&collection, &sources, &into, &mut |name, have, all| bar.show(name, have, all));
    bar.clear();
    let otherwise = "Another way: download its four files elsewhere, and name their folder with --from.";
    let there = match &delivered {
        Ok(there) | Err(FetchError::Incomplete { there, .. }) => there.as_slice(),
        Err(_) => &[],
    };
    for file in there {
        let what = if file.way == Way::Fetched { "fetched" } else { "was there" };
        tell(&format!("{what:9}  {}", file.path.display()));
        if let Some(aside) = &file.aside {
            tell(&format!("wrong, renamed to {}", aside.display()));
        }
    }
    delivered.map(drop).map_err(|failure| (1, format!("{failure}\n{otherwise}")))
}

/// A line for each file; a folder that has none of them is no fault where another one has.
fn check(set: Set, folders: Vec<PathBuf>) -> Result<(), Ended> {
    let folders = if folders.is_empty() { candidates(set) } else { folders };
    let collection = collection(set);
    let mut found = Vec::new();
    for folder in folders {
        found = genuine(&collection, &folder).map_err(|failure| (1, failure.to_string()))?;
        if !found.iter().any(|file| matches!(file, Genuine::Missing(_))) {
            break;
        }
    }
    print(&found.iter().map(|file| format!("{file}\n")).collect::<String>())?;
    let fine = !found.is_empty() && found.iter().all(|file| matches!(file, Genuine::Genuine(_)));
    if fine { Ok(()) } else { Err((1, String::new())) }
}

/// Prints on standard output; a reader that has gone away is no failure.
fn print(text: &str) -> Result<(), Ended> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err((3, format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints on standard error. Where that fails, there is no other place to report it.
fn tell(line: &str) {
    let _nowhere_to_report = writeln!(io::stderr(), "{line}");
}
