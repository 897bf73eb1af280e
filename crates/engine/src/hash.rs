//! A hash by which a text is recognized.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What texts were judged, in one number. By hand, because it is kept from one version of Rust to the next, which the
/// standard library's is not made for, and because this program is not optimized: a hash of single bytes would take most
/// of the time until a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(u64);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Hash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = Self(0xcbf2_9ce4_8422_2325);
        hash.add(bytes);
        hash
    }

    /// Sixteen bits in which every bit of it plays a part: a multiplication carries all of them to the top.
    #[must_use]
    pub fn short(self) -> u16 {
        ((self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as u16
    }

    /// Adds these bytes: FNV-1a over eight at a time: no secret to keep, only changes to notice, and this program is not optimized.
    pub fn add(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let rest = rest.iter().chain(&[0xff]).map(|byte| u64::from(*byte));
        for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain(rest) {
            // The turn brings the high bits, which a multiplication leaves alone, into play.
            self.0 = (self.0 ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        }
    }

    /// Adds what can be seen of a folder's files without reading them: a file that is replaced by another one, whatever
    /// its time, has another time of change.
    pub fn add_looks(&mut self, path: &Path) {
        let Ok(entry) = fs::metadata(path) else { return };
        self.add(path.as_os_str().as_encoded_bytes());
        if entry.is_dir() {
            return entries(path).iter().for_each(|path| self.add_looks(path));
        }
        let modified = entry.modified().ok().and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok());
        self.add(format!("{} {modified:?} {}", entry.len(), changed(&entry)).as_bytes());
    }

    /// Adds a file, or all files of a folder with their names; one that is not there counts as empty.
    pub fn add_tree(&mut self, path: &Path) {
        if !path.is_dir() {
            self.add(path.file_name().unwrap_or_default().as_encoded_bytes());
            return self.add(&fs::read(path).unwrap_or_default());
        }
        entries(path).iter().for_each(|path| self.add_tree(path));
    }
}

/// What lies in a folder, in order; nothing where there is no such folder.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// When the system last saw a file change, which no one can set.
#[cfg(unix)]
fn changed(entry: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{}.{}", entry.ctime(), entry.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> String {
    String::new()
}
