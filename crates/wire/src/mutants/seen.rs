//! What was seen on the way, for who judges the laws.

use std::collections::BTreeSet;
use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Mutex;

/// Notes that this was seen, once for each process.
pub(super) fn note(what: &str) {
    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let Ok(mut seen) = SEEN.lock() else { return };
    if !seen.insert(what.to_owned()) {
        return;
    }
    let Some(path) = env::var_os("KATAS_MUTANT_SEEN") else { return };
    let file = OpenOptions::new().append(true).create(true).open(path);
    // Without the file the mutant is judged all the same; only what is known about it is less.
    let _unknown_then = file.and_then(|mut file| writeln!(file, "{what}"));
}
