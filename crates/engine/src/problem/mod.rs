//! What can go wrong, what to do about it, and the exit code that says so.

mod words;

use std::path::PathBuf;
use std::process::ExitStatus;

/// What a command's end means to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All is well; every law asked about holds.
    Fine = 0,
    /// A law is broken, or its kata is not written.
    Broken = 1,
    /// An unknown command, option or id.
    Usage = 2,
    /// Something outside of the katas is missing: the repository, cargo, a readable file.
    Environment = 3,
    /// Ended by Ctrl-C.
    Interrupted = 130,
}

impl From<ExitStatus> for Exit {
    /// What a program that was started through cargo wants to say: its codes are ours, and 101 is cargo's own.
    fn from(status: ExitStatus) -> Self {
        match status.code() {
            Some(0) => Self::Fine,
            Some(2) => Self::Usage,
            Some(3 | 101) => Self::Environment,
            Some(130) | None => Self::Interrupted,
            Some(_) => Self::Broken,
        }
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub enum Problem {
    /// No folder above has the package `katas`.
    NotInRepository {
        /// Where the search began.
        from: PathBuf,
    },
    /// No kata, file or milestone has this id.
    UnknownId {
        /// What was asked for.
        asked: String,
        /// The nearest ids.
        nearest: Vec<String>,
    },
    /// Several have it.
    AmbiguousId {
        /// What was asked for.
        asked: String,
        /// All that fit.
        candidates: Vec<String>,
    },
    /// The command needs one kata and was given a file or a milestone.
    NotOneKata {
        /// What was asked for.
        asked: String,
        /// What the command is called.
        command: &'static str,
    },
    /// A file could not be read or written.
    File {
        /// What was tried, as in "read" or "write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A program could not be started.
    Program {
        /// Its name.
        name: String,
        /// What the system says.
        error: std::io::Error,
        /// How to get it.
        remedy: String,
    },
    /// A program was ended from outside.
    Died {
        /// Its name.
        name: String,
        /// The signal's number.
        signal: i32,
    },
    /// Something does not compile, and it is not a learner's file.
    DoesNotCompile {
        /// What rustc says.
        diagnostics: String,
        /// What this may be about.
        remedy: String,
    },
    /// Cargo failed, and not because of code that does not compile.
    Cargo {
        /// What it says.
        said: String,
        /// What can be done.
        remedy: String,
    },
    /// cargo-nextest answered otherwise than it should.
    TestRunner {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// The laws ran and left no verdict.
    NoVerdict {
        /// The kata's id.
        kata: String,
    },
    /// A picture could not be drawn or written.
    Drawing {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// Something that is missing could not be installed.
    Installation {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// The repository is not as it was published: stubs that do not compile, laws that are missing.
    Repository {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// Untrusted code cannot be sandboxed on this machine.
    Sandbox {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// A grader could not do its part.
    Grading {
        /// What was wrong.
        what: String,
        /// What can be done.
        remedy: String,
    },
    /// The command line does not fit together.
    Usage {
        /// What is wrong.
        what: String,
        /// What would be right.
        remedy: String,
    },
    /// Ctrl-C.
    Interrupted,
}

impl Problem {
    /// Cargo failed with these words.
    #[must_use]
    pub fn cargo(said: &str, remedy: &str) -> Self {
        Self::Cargo { said: said.trim().to_owned(), remedy: remedy.to_owned() }
    }

    /// The code with which `cargo kata` ends.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::UnknownId { .. }
            | Self::AmbiguousId { .. }
            | Self::NotOneKata { .. }
            | Self::Usage { .. } => Exit::Usage,
            Self::Interrupted => Exit::Interrupted,
            _ => Exit::Environment,
        }
    }
}

impl std::error::Error for Problem {}

/// Adds to an input or output error what was tried with which file.
pub trait Doing<T> {
    /// The value, or a [`Problem::File`].
    ///
    /// # Errors
    ///
    /// The same error, in full.
    fn doing(self, what: &'static str, path: &std::path::Path) -> Result<T, Problem>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, what: &'static str, path: &std::path::Path) -> Result<T, Problem> {
        self.map_err(|error| Problem::File { doing: what, path: path.to_owned(), error })
    }
}
