//! What a law leaves for anyone who judges it from outside, in addition to its verdict: which input was at work when the process
//! died, and what the kata prints for the counterexample.

use std::ffi::OsString;
use std::io::Write;
use std::sync::OnceLock;
use std::{env, fs, io};

/// Stand alone on a line before and after what is printed for the counterexample, on both channels.
const BEGIN: &str = "\u{1e}katas<";
const END: &str = "\u{1e}katas>";

/// Notes the input that is about to be tried in the file that `KATAS_TRACE` names: should the process die, it is known
/// for which input. That takes longer than most calls, so it is done on request only.
pub(crate) fn input(describe: impl FnOnce() -> String) {
    static FILE: OnceLock<Option<OsString>> = OnceLock::new();
    if let Some(file) = FILE.get_or_init(|| env::var_os("KATAS_TRACE"))
        && let Err(error) = fs::write(file, describe())
    {
        eprintln!("cannot note the input: {error}");
    }
}

/// Tries the counterexample once more between two marks, so that what the kata prints for it can be distinguished from what it
/// printed for hundreds of others. Where no one listens there are no marks.
pub(crate) fn aloud<T>(attempt: impl FnOnce() -> T) -> T {
    let listened_to = env::var_os("KATAS_VERDICTS").is_some();
    mark(listened_to, BEGIN);
    let outcome = attempt();
    mark(listened_to, END);
    outcome
}

fn mark(listened_to: bool, mark: &str) {
    if listened_to {
        println!("{mark}");
        eprintln!("{mark}");
        let _ = io::stdout().flush();
    }
}
