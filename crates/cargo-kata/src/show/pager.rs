//! Long texts page by page, as git shows them.

use std::env;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use engine::output::print;

/// Prints a text through the pager that `PAGER` names, `less` where it names none; at once where no terminal reads it, or there
/// is no pager.
pub fn page(text: &str) {
    let pager = env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    if !std::io::stdout().is_terminal() || pager.is_empty() || pager == "cat" || !shown_by(&pager, text) {
        print(text);
    }
}

/// Whether the pager could be started.
fn shown_by(pager: &str, text: &str) -> bool {
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    // What fits the screen is left on it, colors stay, and the screen is not cleared.
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // Who quits before the end has read enough.
        let _read_enough = input.write_all(text.as_bytes());
    }
    let _it_ended = child.wait();
    true
}
