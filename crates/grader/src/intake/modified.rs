use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use super::limits::too_many;

/// When the newest file of a submission was changed, as the disk says. An archive is one file: the times in it are the
/// learner's to set.
#[must_use]
pub fn modified(paths: &[PathBuf]) -> Option<SystemTime> {
    let (mut waiting, mut seen, mut newest) = (paths.to_vec(), 0, None);
    while let Some(path) = waiting.pop() {
        seen += 1;
        too_many(seen).ok()?;
        // Of the entry itself: a link is not followed.
        let Ok(kind) = fs::symlink_metadata(&path) else { continue };
        if kind.is_dir() {
            waiting.extend(fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        } else if kind.is_file() {
            newest = newest.max(kind.modified().ok());
        }
    }
    newest
}
