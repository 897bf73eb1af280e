//! Whether the files that are there are the published ones.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::FetchError;
use crate::catalog::Collection;
use crate::check::recognize;

/// What was found of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Genuine {
    /// It is there, packed or not, and its SHA-256 is right.
    Genuine(PathBuf),
    /// It is there, and has another SHA-256.
    Wrong(PathBuf, String),
    /// It is not there.
    Missing(PathBuf),
}

/// One line: a word and the file.
impl fmt::Display for Genuine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Genuine(path) => write!(f, "genuine  {}", path.display()),
            Self::Wrong(path, sum) => {
                write!(f, "wrong    {}: its SHA-256 is {sum}, not the published one", path.display())
            }
            Self::Missing(path) => write!(f, "missing  {}", path.display()),
        }
    }
}

/// Checks each file of a collection in a folder: the one that is read, which is the unpacked one where both are there.
///
/// # Errors
///
/// [`FetchError::Local`] if a file cannot be read.
pub fn genuine(collection: &Collection, folder: &Path) -> Result<Vec<Genuine>, FetchError> {
    let check = |file: &crate::PublishedFile| {
        let packed = folder.join(format!("{}.gz", file.name));
        let path = [folder.join(&file.name), packed.clone()].into_iter().find(|path| path.is_file());
        let Some(path) = path else { return Ok(Genuine::Missing(packed)) };
        let known = recognize(|| File::open(&path), file).map_err(FetchError::local("read", &path))?;
        Ok(match known {
            Ok(_) => Genuine::Genuine(path),
            Err(sum) => Genuine::Wrong(path, sum),
        })
    };
    collection.files.iter().map(check).collect()
}
