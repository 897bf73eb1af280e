//! Standard output and standard error without a panic: a reader may go away, and a device may be full.

use std::io::{self, ErrorKind, Write};

use std::process::ExitCode;

use crate::failure::ProgramError;

/// The exit code of a program whose reader went away, as a shell reports one that `SIGPIPE` ended.
pub const CLOSED: u8 = 141;

/// Standard output. Once its reader has gone away, everything printed is dropped.
#[derive(Debug, Default)]
pub struct Output {
    closed: bool,
    /// What was printed, where somebody wants to have it.
    kept: Option<String>,
}

impl Output {
    /// One that keeps what it prints.
    #[must_use]
    pub fn keeping() -> Self {
        Self { kept: Some(String::new()), ..Self::default() }
    }

    /// What was printed since this was asked last.
    pub fn take_kept(&mut self) -> String {
        self.kept.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Prints a text at once.
    ///
    /// # Errors
    ///
    /// [`ProgramError::Environment`] where the text cannot be written, for example to a full device. A closed pipe is no error:
    /// see [`Output::is_closed`].
    pub fn print(&mut self, text: &str) -> Result<(), ProgramError> {
        if let Some(kept) = &mut self.kept {
            *kept += text;
        }
        if self.closed {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => {
                return Err(ProgramError::Environment(format!("cannot write to standard output: {error}")));
            }
            Ok(()) => {}
        }
        Ok(())
    }

    /// Whether the reader has gone away.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }
}

/// Prints a line on standard error. Where that fails, there is no other place to report it.
pub fn tell(line: &str) {
    let _nowhere_to_report = writeln!(io::stderr(), "{line}");
}

/// Ends a program: prints a failure under the program's name and returns its exit code.
#[must_use]
pub fn finish(program: &str, outcome: Result<(), ProgramError>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&format!("{program}: {failure}"));
            ExitCode::from(failure.code())
        }
    }
}
