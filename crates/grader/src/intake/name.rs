use std::path::{Path, PathBuf};

/// The name of a submission: the last part of its path, without the ending of an archive.
#[must_use]
pub fn name(path: &Path) -> String {
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let named = path.file_name().filter(|name| *name != "katas").or_else(|| path.parent()?.file_name());
    let name = named.unwrap_or_default().to_string_lossy().into_owned();
    let bare = [".tar.gz", ".tgz", ".tar", ".zip", ".rs"].iter().find_map(|end| name.strip_suffix(end));
    let kept = |c: char| if c.is_alphanumeric() || "-_.@ ".contains(c) { c } else { '_' };
    let name: String = bare.unwrap_or(&name).chars().map(kept).take(100).collect();
    let name = name.trim_start_matches('.').trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

/// A path as it may be printed.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Whether a folder of this name holds the files of a milestone.
pub(super) fn is_milestone(name: &str) -> bool {
    let is_number =
        |number: &str, digits: usize| number.len() == digits && number.chars().all(|c| c.is_ascii_digit());
    let (number, _) = name.split_once('_').unwrap_or_default();
    let of_the_course = number.strip_prefix('m').is_some_and(|number| is_number(number, 2));
    let extra = number.strip_prefix('x').is_some_and(|number| is_number(number, 1));
    name == "boss" || of_the_course || extra
}
