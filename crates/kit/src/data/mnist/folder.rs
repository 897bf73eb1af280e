//! Where the files lie.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

use super::contents::Contents;
use super::error::DataError;
use super::genuine;
use super::set::{Content, FILES, Part, Set, file_name};

/// More than any of the files holds: a packed file that unpacks to more is none of them, and fills no memory.
const LARGEST: u64 = 64 << 20;

/// The cache folder of the katas: `$XDG_CACHE_HOME/katas` or `~/.cache/katas`, on macOS `~/Library/Caches/katas`, on
/// Windows `%LOCALAPPDATA%\katas`. `None` where none of these variables is set.
#[must_use]
pub fn cache() -> Option<PathBuf> {
    cache_on(env::consts::OS, |name| env::var_os(name))
}

fn cache_on(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // An empty or relative path names no fixed place; the XDG specification has those ignored.
    let absolute = |name| variable(name).map(PathBuf::from).filter(|path: &PathBuf| path.has_root());
    let caches = match system {
        "windows" => absolute("LOCALAPPDATA"),
        "macos" => absolute("HOME").map(|home| home.join("Library").join("Caches")),
        _ => absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache"))),
    };
    caches.map(|caches| caches.join("katas"))
}

/// The folders in which a set may lie, the first one first: below the folder that `KATAS_DATA` names, then below the
/// [`cache`].
#[must_use]
pub fn candidates(set: Set) -> Vec<PathBuf> {
    let named = env::var_os("KATAS_DATA").filter(|named| !named.is_empty()).map(PathBuf::from);
    named.into_iter().chain(cache()).map(|folder| folder.join(set.name())).collect()
}

/// The first of the [`candidates`] that has all four files, packed or not.
///
/// # Errors
///
/// [`DataError::Missing`] if none has.
pub fn folder(set: Set) -> Result<PathBuf, DataError> {
    let looked_in = candidates(set);
    let whole = |folder: &&PathBuf| FILES.iter().all(|name| find(folder, name).is_some());
    match looked_in.iter().find(whole) {
        Some(folder) => Ok(folder.clone()),
        None => Err(DataError::Missing { set, looked_in }),
    }
}

/// The unpacked bytes of one of the files, in the IDX format.
///
/// # Errors
///
/// [`DataError`], with what to do about it, if the file is missing, unreadable or not the one that was published.
pub fn bytes(set: Set, part: Part, content: Content) -> Result<Vec<u8>, DataError> {
    Ok(genuine(&folder(set)?, set, part, content)?.bytes)
}

/// Reads a file and checks that it is the one that was published.
pub(super) fn genuine(folder: &Path, set: Set, part: Part, content: Content) -> Result<Contents, DataError> {
    let file = read(folder, file_name(part, content))?;
    genuine::check(set, part, content, &file)?;
    Ok(file)
}

/// The file of this name, unpacked if it is there, else packed.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    [folder.join(name), folder.join(format!("{name}.gz"))].into_iter().find(|path| path.is_file())
}

pub(super) fn read(folder: &Path, name: &str) -> Result<Contents, DataError> {
    let path = find(folder, name).unwrap_or_else(|| folder.join(format!("{name}.gz")));
    match unpacked(&path) {
        Ok(bytes) => Ok(Contents { path, bytes }),
        Err(error) => Err(DataError::Unreadable { file: path, error }),
    }
}

fn unpacked(path: &Path) -> io::Result<Vec<u8>> {
    let (file, mut bytes) = (File::open(path)?, Vec::new());
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).take(LARGEST).read_to_end(&mut bytes)?;
    } else {
        file.take(LARGEST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_cache() {
        let on = |system: &str, set: &[(&str, &str)]| {
            let value = |name: &str| {
                set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
            };
            cache_on(system, value).map(|path| path.to_string_lossy().replace('\\', "/"))
        };
        let some = |path: &str| Some(path.to_owned());
        assert_eq!(on("linux", &[("HOME", "/home/ada")]), some("/home/ada/.cache/katas"));
        assert_eq!(on("linux", &[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/c")]), some("/c/katas"));
        assert_eq!(
            on("linux", &[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "c")]),
            some("/home/ada/.cache/katas")
        );
        assert_eq!(on("macos", &[("HOME", "/Users/ada")]), some("/Users/ada/Library/Caches/katas"));
        assert_eq!(on("windows", &[("LOCALAPPDATA", "/l"), ("HOME", "/h")]), some("/l/katas"));
        assert_eq!(on("linux", &[("HOME", "")]), None);
    }
}
