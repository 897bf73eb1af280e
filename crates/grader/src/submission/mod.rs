//! What somebody handed in: only the files that the assignment lists are taken, whatever else lies beside them.

mod archive;
mod folder;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// No archive of katas is longer: longer ones are not even opened.
const LARGEST_ARCHIVE: u64 = 32 << 20;
/// No file of a learner is longer.
const LONGEST: u64 = 256 << 10;
/// As many entries of a submission are looked at.
const MOST_ENTRIES: usize = 10_000;
/// As many bytes of an archive are unpacked.
const MOST_BYTES: u64 = 64 << 20;

/// A submission, read.
#[derive(Debug, Default)]
pub struct Submission {
    /// The texts by the ids of their files: `m01_linear_algebra/vectors`.
    pub files: BTreeMap<String, String>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
}

/// Reads a `katas/` folder, a folder that holds one, or an archive of either. `wanted` tells which files count.
///
/// # Errors
///
/// In one sentence, if it cannot be read at all.
pub fn read(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Submission, String> {
    // Of the entry itself: a link may lead to somebody else's katas, and a pipe never ends.
    let kind = std::fs::symlink_metadata(path).map_err(|error| error.to_string())?;
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

/// Whether a path is a submission by itself, and not a folder of many.
#[must_use]
pub fn is_one(path: &Path) -> bool {
    let is_milestone = |entry: std::fs::DirEntry| is_milestone(&entry.file_name().to_string_lossy());
    !path.is_dir()
        || path.join("katas").is_dir()
        || std::fs::read_dir(path).is_ok_and(|mut entries| entries.any(|it| it.is_ok_and(is_milestone)))
}

fn is_milestone(name: &str) -> bool {
    let number =
        name.strip_prefix('m').and_then(|rest| rest.split_once('_')).map_or("", |(number, _)| number);
    name == "boss" || number.len() == 2 && number.chars().all(|c| c.is_ascii_digit())
}

impl Submission {
    /// The id of the file that a path in a submission names: whatever stands before the milestone does not matter.
    fn id(path: &Path) -> Option<String> {
        let names: Vec<_> = path.components().map(|it| it.as_os_str().to_str()).collect::<Option<_>>()?;
        let [.., milestone, file] = names.as_slice() else { return None };
        // `katas/` stands right before it, or nothing but folders around the submission.
        let others = names.iter().any(|it| ["..", "solutions", "tests", "specimens", "target"].contains(it));
        (is_milestone(milestone) && !others)
            .then(|| format!("{milestone}/{}", file.strip_suffix(".rs").unwrap_or("")))
    }

    /// Takes a file, or notes why not.
    fn take(&mut self, path: &Path, bytes: Result<Vec<u8>, String>, wanted: &dyn Fn(&str) -> bool) {
        let shown = shown(path);
        let Some(id) = Self::id(path).filter(|id| wanted(id)) else {
            if self.ignored.len() < 100 && !shown.ends_with(".md") && !shown.ends_with("mod.rs") {
                self.ignored.push(format!("{shown}: not of this assignment"));
            }
            return;
        };
        let text = bytes.and_then(|bytes| {
            if bytes.len() as u64 > LONGEST {
                return Err(format!("longer than {} KiB", LONGEST >> 10));
            }
            String::from_utf8(bytes).map_err(|_| "not text in UTF-8".to_owned())
        });
        match text {
            Ok(text) if !self.files.contains_key(&id) => {
                self.files.insert(id, text);
            }
            Ok(_) => self.ignored.push(format!("{shown}: handed in twice, the first one counts")),
            Err(why) => self.ignored.push(format!("{shown}: {why}")),
        }
    }
}

/// A path as it may be printed.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Whether reading goes on: nobody makes us look at more than this.
fn too_many(seen: usize) -> Result<(), String> {
    if seen > MOST_ENTRIES { Err(format!("more than {MOST_ENTRIES} entries")) } else { Ok(()) }
}

/// The name of a submission: the last part of its path, without the ending of an archive.
#[must_use]
pub fn name(path: &Path) -> String {
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let named = path.file_name().filter(|name| *name != "katas").or_else(|| path.parent()?.file_name());
    let name = named.unwrap_or_default().to_string_lossy().into_owned();
    let bare = [".tar.gz", ".tgz", ".tar", ".zip"].iter().find_map(|end| name.strip_suffix(end));
    let kept = |c: char| if c.is_alphanumeric() || "-_.@ ".contains(c) { c } else { '_' };
    let name: String = bare.unwrap_or(&name).chars().map(kept).take(100).collect();
    let name = name.trim_start_matches('.').trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}
