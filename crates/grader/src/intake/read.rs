use std::fs;
use std::path::Path;

use super::limits::LARGEST_ARCHIVE;
use super::submission::{Submission, Taker};
use super::{archive, folder};

/// Reads a `katas/` folder, a folder that holds one, an archive of either, a folder with one archive in it, or a single file.
/// `wanted` are the ids of the files that count.
///
/// # Errors
///
/// In one sentence, if it cannot be read at all.
pub fn read(path: &Path, wanted: &[&str]) -> Result<Submission, String> {
    // Of the entry itself: a link may lead to somebody else's katas, and a pipe never ends.
    let kind = fs::symlink_metadata(path).map_err(|error| error.to_string())?;
    let mut submission = match kind.file_type() {
        kind if kind.is_dir() => {
            let submission = folder::read(path, wanted)?;
            match folder::only_archive(path).filter(|_| submission.files.is_empty()) {
                Some(archive) => return read(&archive, wanted),
                None => submission,
            }
        }
        it if it.is_file() && path.extension().is_some_and(|it| it == "rs") => {
            let mut taker = Taker::of(wanted);
            taker.take(Path::new(path.file_name().unwrap_or_default()), folder::regular(path));
            taker.taken
        }
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
