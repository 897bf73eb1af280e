//! Standard output without a panic, for the command lines: the engine itself prints nothing.

use std::io::{ErrorKind, Write, stdout};
use std::sync::Mutex;

/// Why something could not be printed, the first time that happened.
static FAILED: Mutex<Option<String>> = Mutex::new(None);

/// Prints to standard output. Anyone who closed it, as `head` does, does not want to read on, and that is no failure; a full
/// device is one.
pub fn print(text: &str) {
    let mut out = stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
        && let Ok(mut failed) = FAILED.lock()
    {
        failed.get_or_insert_with(|| error.to_string());
    }
}

/// Why something that was asked for could not be printed.
#[must_use]
pub fn failure() -> Option<String> {
    FAILED.lock().ok().and_then(|failed| failed.clone())
}
