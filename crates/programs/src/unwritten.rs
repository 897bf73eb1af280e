//! A kata that is not written yet ends its program with a message, without a backtrace.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

use crate::ProgramError;

/// Runs what calls katas.
///
/// # Errors
///
/// [`ProgramError::Kata`] with the message and the place of a panic.
pub fn run<T>(work: impl FnOnce() -> T) -> Result<T, ProgramError> {
    static SAID: Mutex<String> = Mutex::new(String::new());
    let before = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let what = match info.payload_as_str().unwrap_or("a panic") {
            said if said.starts_with("not yet implemented") => "a kata is not written yet".to_owned(),
            said => format!("a kata panicked: {said}"),
        };
        if let Ok(mut said) = SAID.lock() {
            *said = format!("{what}\n  {place}\n  `--solutions` takes the reference's instead.");
        }
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(before);
    outcome.map_err(|_| ProgramError::Kata(SAID.lock().map(|said| said.clone()).unwrap_or_default()))
}
