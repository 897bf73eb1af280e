use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::limits::LARGEST_ARCHIVE;
use super::lms::DownloadName;
use super::name::shown;
use super::submission::{Submission, Taker};
use super::{archive, folder};

/// Reads a submission that lies in several files, as Canvas hands them out. What was submitted later counts.
///
/// # Errors
///
/// In one sentence, if none of them can be read.
pub fn read_all(paths: &[PathBuf], wanted: &[&str]) -> Result<Submission, String> {
    if let [only] = paths {
        return read(only, wanted);
    }
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut sorted: Vec<&PathBuf> = paths.iter().collect();
    sorted.sort_by_key(|path| (DownloadName::of(&name(path)).map_or(0, |it| it.order), name(path)));
    let (mut whole, mut places) = (Submission::default(), BTreeMap::new());
    for path in sorted {
        let place = shown(Path::new(&name(path)));
        let part = match read(path, wanted) {
            Ok(part) => part,
            Err(why) => {
                whole.ignored.push(format!("{place}: {why}"));
                continue;
            }
        };
        for id in part.files.keys() {
            if let Some(before) = places.insert(id.clone(), place.clone()) {
                whole.ignored.push(format!("{id}.rs of {before}: submitted twice, {place} counts"));
            }
        }
        whole.files.extend(part.files);
        whole.helpers.extend(part.helpers);
        whole.ignored.extend(part.ignored);
    }
    match whole.files.is_empty() {
        true => Err(format!("no kata's file is in it: {}", whole.ignored.join("; "))),
        false => Ok(whole),
    }
}

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
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // Without what a learning platform puts in front of it.
            let download = DownloadName::of(&name).map(|it| it.file);
            taker.take(Path::new(download.as_deref().unwrap_or(&name)), folder::regular(path));
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
