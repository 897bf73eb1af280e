use std::fs;
use std::path::Path;

use super::limits::LARGEST_ARCHIVE;
use super::submission::Submission;
use super::{archive, folder};

/// Reads a `katas/` folder, a folder that holds one, or an archive of either. `wanted` decides which files count.
///
/// # Errors
///
/// In one sentence, if it cannot be read at all.
pub fn read(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Submission, String> {
    // Of the entry itself: a link may lead to somebody else's katas, and a pipe never ends.
    let kind = fs::symlink_metadata(path).map_err(|error| error.to_string())?;
    let mut submission = match kind.file_type() {
        kind if kind.is_dir() => folder::read(path, wanted)?,
        it if it.is_file() && kind.len() <= LARGEST_ARCHIVE => archive::read(path, wanted)?,
        it if it.is_file() => return Err(format!("an archive of more than {} MiB", LARGEST_ARCHIVE >> 20)),
        _ => return Err("neither a folder nor a regular file".to_owned()),
    };
    if submission.files.is_empty() {
        let seen: Vec<_> = submission.ignored.iter().take(3).map(String::as_str).collect();
        let seen = if seen.is_empty() { "it is empty".to_owned() } else { seen.join("; ") };
        return Err(format!("no kata's file is in it: {seen}"));
    }
    submission.ignored.sort();
    Ok(submission)
}
