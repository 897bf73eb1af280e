use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::archive::is_archive;
use super::limits::{LONGEST, too_many};
use super::submission::{Submission, Taker};

/// A milestone in `katas/` in a repository in a folder of its own lies no deeper.
const DEEPEST: usize = 5;

pub(super) fn read(path: &Path, wanted: &[&str]) -> Result<Submission, String> {
    let mut taker = Taker::of(wanted);
    let below = path.join("katas");
    let is_folder = fs::symlink_metadata(&below).is_ok_and(|it| it.is_dir());
    let root = if is_folder { below } else { path.to_owned() };
    // What stands next to the milestones differs from what lies elsewhere.
    let katas = if root.ends_with("katas") { Path::new("katas") } else { Path::new("") };
    let (mut waiting, mut seen) = (vec![(root.clone(), 0)], 0);
    while let Some((folder, depth)) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| error.to_string())?;
        let mut entries: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for entry in entries {
            seen += 1;
            too_many(seen)?;
            let below = &katas.join(entry.strip_prefix(&root).unwrap_or(&entry));
            // Of the entry itself: a link is not followed.
            let kind = fs::symlink_metadata(&entry).map(|it| it.file_type());
            match kind {
                Ok(kind) if kind.is_dir() && depth < DEEPEST => waiting.push((entry, depth + 1)),
                Ok(kind) if kind.is_file() => taker.take(below, regular(&entry)),
                _ => taker.take(below, Err("not a regular file".to_owned())),
            }
        }
    }
    Ok(taker.taken)
}

/// The only archive in a folder, as a learning platform hands a submission out: a folder for each learner, a ZIP in it.
pub(super) fn only_archive(path: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(path).ok()?.flatten().map(|entry| entry.path());
    let is_file = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    let mut archives = entries.filter(|path| is_archive(path) && is_file(path));
    let first = archives.next()?;
    archives.next().is_none().then_some(first)
}

pub(super) fn regular(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}
