//! The command line: one parser for all programs.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::output::{Output, tell};

/// Parses the words of the command line, the program's name among them.
///
/// # Errors
///
/// The exit code with which the program ends at once: 0 after `--help`, 2 where the words are wrong, 3 where the help
/// cannot be written. What there is to say has been printed.
pub fn parse(command: Command, words: impl IntoIterator<Item = OsString>) -> Result<ArgMatches, ExitCode> {
    command.args_override_self(true).try_get_matches_from(words).map_err(|error| {
        if error.use_stderr() {
            tell(error.to_string().trim_end());
            return ExitCode::from(2);
        }
        match Output::default().print(&error.to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                tell(&failure.to_string());
                ExitCode::from(3)
            }
        }
    })
}

/// The words with which this program was called.
pub fn words() -> impl Iterator<Item = OsString> {
    std::env::args_os()
}
