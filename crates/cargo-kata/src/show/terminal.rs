//! The terminal: its width, single keys, and cargo's own lines.

use std::env;
use std::io::{IsTerminal, Write, stderr};

/// How many columns the terminal has; `None` where there is none.
#[cfg(unix)]
pub(crate) fn width_of(stream: &impl std::os::fd::AsFd) -> Option<usize> {
    let from_variable = || env::var("COLUMNS").ok()?.parse().ok();
    let size = rustix::termios::tcgetwinsize(stream).ok();
    size.map(|size| usize::from(size.ws_col)).filter(|&columns| columns > 0).or_else(from_variable)
}

/// How many columns the terminal has; `None` where no one says.
#[cfg(not(unix))]
pub(crate) fn width_of(_stream: &impl Sized) -> Option<usize> {
    env::var("COLUMNS").ok()?.parse().ok()
}

/// While this lives, keys come one by one and are not shown. The terminal is as before when it is dropped.
pub(crate) struct RawKeys {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

impl RawKeys {
    /// `None` where standard input is no terminal.
    #[cfg(unix)]
    pub(crate) fn on() -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, isatty, tcgetattr, tcsetattr};
        let stdin = std::io::stdin();
        if !isatty(&stdin) {
            return None;
        }
        let before = tcgetattr(&stdin).ok()?;
        let mut raw = before.clone();
        // Ctrl-C still is a signal: it reaches the children too.
        raw.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(&stdin, OptionalActions::Now, &raw).ok()?;
        Some(Self { before })
    }

    #[cfg(not(unix))]
    pub(crate) fn on() -> Option<Self> {
        None
    }
}

#[cfg(unix)]
impl Drop for RawKeys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let _the_terminal_is_gone = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.before);
    }
}

/// `cargo kata` is `cargo run`, and cargo says two lines before us: "Finished …" and "Running …". They are taken back
/// where they cannot have been wrapped, and where nothing else stands below them.
pub(crate) fn forget_cargos_lines() {
    let mut stderr = stderr();
    let through_cargo = env::var_os("CARGO").is_some() && env::var_os("CARGO_MANIFEST_DIR").is_some();
    let program = env::args().next().unwrap_or_default();
    let length =
        "     Running ``".len() + program.len() + env::args().skip(1).map(|it| it.len() + 3).sum::<usize>();
    // "Finished" with everything that cargo may say on that line takes less than 70.
    let fits = width_of(&stderr).is_some_and(|width| width >= 70 && length < width);
    let quiet = env::var("TERM").is_ok_and(|term| term == "dumb") || env::var_os("NO_COLOR").is_some();
    if through_cargo && stderr.is_terminal() && fits && !quiet {
        let _it_is_only_for_the_eye = write!(stderr, "\x1b[1A\x1b[2K\x1b[1A\x1b[2K\r");
    }
}
