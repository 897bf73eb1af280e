use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::delivered::Delivered;

/// Why a file could not be delivered. Its text names the remedy.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchError {
    /// A file or folder of our own could not be written or read.
    Local {
        /// What was tried, as in "write".
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Somebody else is fetching the same file.
    Busy {
        /// The unfinished file.
        path: PathBuf,
    },
    /// A source does not have the file.
    Missing {
        /// Where it was looked for.
        from: String,
    },
    /// A source does not answer, or not as it should.
    Unreachable {
        /// Where it was looked for.
        from: String,
        /// What happened.
        why: String,
    },
    /// The connection broke, several times in a row.
    Interrupted {
        /// Whence the file came.
        from: String,
        /// How many bytes are there.
        got: u64,
        /// What happened.
        why: String,
    },
    /// What came is not what was asked for. A download is removed; a file of this machine stays as it is.
    WrongSum {
        /// Whence it came.
        from: String,
        /// Its SHA-256.
        got: String,
        /// The right one.
        wanted: String,
        /// Whether it was copied from a file of this machine.
        copied: bool,
    },
    /// A single file is none of a set's.
    NoneOf {
        /// The file.
        from: PathBuf,
        /// The set.
        set: String,
        /// Its SHA-256.
        got: String,
    },
    /// A single file is there, and others of the set are not.
    Incomplete {
        /// What is there.
        there: Vec<Delivered>,
        /// The names of the others.
        missing: Vec<String>,
    },
    /// No source could deliver it.
    Everywhere(Vec<FetchError>),
}

impl FetchError {
    pub(crate) fn local(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Local { doing, path, error }
    }

    /// Whether another source may do better.
    pub(crate) fn is_the_sources(&self) -> bool {
        !matches!(self, Self::Local { .. } | Self::Busy { .. })
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local { doing, path, error } => {
                let remedy = match error.kind() {
                    io::ErrorKind::StorageFull => "The disk is full: make room and try again.",
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                        "Is the folder yours to write?"
                    }
                    _ => "Is the folder there, and a folder?",
                };
                write!(f, "cannot {doing} {}: {error}. {remedy}", path.display())
            }
            Self::Busy { path } => {
                write!(f, "{} is being written by another fetch. Wait for it.", path.display())
            }
            Self::Missing { from } => write!(f, "there is no {from}"),
            Self::Unreachable { from, why } => write!(f, "cannot fetch {from}: {why}"),
            Self::Interrupted { from, got, why } => {
                write!(
                    f,
                    "the connection for {from} broke after {got} bytes: {why}. They are kept; try again to \
                     resume."
                )
            }
            Self::WrongSum { from, got, wanted, copied } => {
                let after = if *copied { "It was left as it is" } else { "The download was removed" };
                write!(
                    f,
                    "{from} is not the file that is wanted: its SHA-256 is {got}, not {wanted}. {after}"
                )
            }
            Self::NoneOf { from, set, got } => write!(
                f,
                "{} is none of the four files of {set}: its SHA-256 is {got}. It was left as it is",
                from.display()
            ),
            Self::Incomplete { missing, .. } => write!(f, "still missing: {}", missing.join(", ")),
            Self::Everywhere(failures) => {
                let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
        }
    }
}

impl std::error::Error for FetchError {}
