//! The browser of this machine.

use std::io::{self, IsTerminal};
use std::process::{Command, Stdio};

/// Whether somebody sits here who could look at a page.
#[must_use]
pub fn is_there() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal()
        && (!cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"))
}

/// Asks the system to show a file or an address.
///
/// # Errors
///
/// What the system says if it has no program for it.
pub fn open(what: &str) -> io::Result<()> {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    // What it says would stand in the middle of ours.
    Command::new(program).arg(what).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(drop)
}
