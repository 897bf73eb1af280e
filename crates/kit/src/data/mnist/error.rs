use std::path::PathBuf;
use std::{fmt, io};

use super::set::Set;

/// Why a data set cannot be read. Its text names the remedy.
#[derive(Debug)]
#[non_exhaustive]
pub enum DataError {
    /// The files are not there.
    Missing {
        /// Which set.
        set: Set,
        /// The folders that were looked into.
        looked_in: Vec<PathBuf>,
    },
    /// A file is there and cannot be read, or unpacked.
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file does not hold what its name promises.
    Malformed {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { set, looked_in } => {
                let name = set.name();
                let places: Vec<_> = looked_in.iter().map(|folder| folder.display().to_string()).collect();
                let places = if places.is_empty() { "nowhere".to_owned() } else { places.join(", ") };
                write!(
                    f,
                    "{name} is not there (looked in: {places}). `cargo kata data {name}` fetches it; if you \
                     have it, set KATAS_DATA to the folder that holds the folder {name}"
                )
            }
            Self::Unreadable { file, error } => {
                write!(f, "cannot read {}: {error}. {}", file.display(), remedy(file))
            }
            Self::Malformed { file, what } => write!(f, "{}: {what}. {}", file.display(), remedy(file)),
        }
    }
}

/// The file lies in the folder of its set.
fn remedy(file: &std::path::Path) -> String {
    let folder = file.parent().and_then(std::path::Path::file_name).unwrap_or_default().to_string_lossy();
    let set = Set::ALL.into_iter().find(|set| set.name() == folder).unwrap_or(Set::Mnist);
    format!("Remove it, and `cargo kata data {}` fetches it anew", set.name())
}

impl std::error::Error for DataError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { error, .. } => Some(error),
            _ => None,
        }
    }
}
