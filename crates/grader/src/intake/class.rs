use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use engine::problem::{Doing, Problem};

use super::lms::DownloadName;
use super::name::{is_milestone, name};

/// A submission: its name and where it lies. Several files are one submission where a learning platform says so.
pub type NamedSubmission = (String, Vec<PathBuf>);

/// What a class submitted.
#[derive(Debug, Default)]
pub struct Collected {
    /// The submissions.
    pub submissions: Vec<NamedSubmission>,
    /// Files next to them that are none, such as a roster or notes.
    pub stray: Vec<PathBuf>,
}

/// The submissions that these paths hold, each under a name of its own and none under a reserved one.
///
/// # Errors
///
/// [`Problem::File`] if a folder cannot be read.
pub fn collect(paths: &[PathBuf], reserved: &[&str]) -> Result<Collected, Problem> {
    let (mut found, mut stray) = (Vec::<PathBuf>::new(), Vec::new());
    for path in paths {
        if is_one(path) {
            // A link that is named on the command line means what it leads to; one in a folder of many is no submission.
            found.push(path.canonicalize().unwrap_or_else(|_| path.clone()));
            continue;
        }
        let entries = fs::read_dir(path).doing("read", path)?;
        let hidden = |path: &Path| path.file_name().is_some_and(|it| it.to_string_lossy().starts_with('.'));
        let mut within: Vec<_> = entries.flatten().map(|it| it.path()).filter(|it| !hidden(it)).collect();
        within.sort();
        let (submissions, others) = within.into_iter().partition::<Vec<_>, _>(|path| could_be_one(path));
        found.extend(submissions);
        stray.extend(others);
    }
    Ok(Collected { submissions: named(by_owner(found), reserved), stray })
}

/// Whether something in a class's folder was submitted. What is no regular file and no folder is reported as a submission that
/// cannot be read.
fn could_be_one(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let ends = [".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar", ".rs"];
    let is_file = fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    !is_file || ends.iter().any(|end| name.ends_with(end))
}

/// Each of these paths as one submission, whatever lies in it.
#[must_use]
pub fn each_by_itself(paths: &[PathBuf], reserved: &[&str]) -> Vec<NamedSubmission> {
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    named(paths.iter().map(|path| (name(path), vec![whole(path)])).collect(), reserved)
}

/// Each path as a submission, and those files as one that a platform's download has of one learner.
fn by_owner(paths: Vec<PathBuf>) -> Vec<NamedSubmission> {
    let mut found: Vec<(NamedSubmission, Option<String>)> = Vec::new();
    for path in paths {
        let download = path.file_name().and_then(|name| DownloadName::of(&name.to_string_lossy()));
        let download = download.filter(|it| !it.file.is_empty() && path.is_file());
        let Some(download) = download else {
            found.push(((name(&path), vec![path]), None));
            continue;
        };
        let parent = path.parent().unwrap_or(Path::new("")).to_owned();
        let owner = Some(parent.join(&download.owner).to_string_lossy().into_owned());
        match found.iter_mut().find(|(_, known)| *known == owner) {
            Some(((_, paths), _)) => paths.push(path),
            None => found.push(((name(Path::new(&download.owner)), vec![path]), owner)),
        }
    }
    found.into_iter().map(|(submission, _)| submission).collect()
}

fn named(paths: Vec<NamedSubmission>, reserved: &[&str]) -> Vec<NamedSubmission> {
    let mut taken = BTreeSet::new();
    let named = paths.into_iter().map(|(name, paths)| {
        // What is written about the class itself has its names; a submission that bears one gets another.
        let name = if reserved.contains(&name.as_str()) { format!("{name}_") } else { name };
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        // Also on a file system that does not distinguish Ada from ada.
        let mut unused = |name: &String| taken.insert(name.to_lowercase());
        (std::iter::once(name.clone()).chain(numbered).find(&mut unused).unwrap_or(name), paths)
    });
    named.collect()
}

/// Whether a path is a submission by itself, and not a folder of many.
fn is_one(path: &Path) -> bool {
    let is_milestone = |entry: fs::DirEntry| is_milestone(&entry.file_name().to_string_lossy());
    !path.is_dir()
        || path.join("katas").is_dir()
        || fs::read_dir(path).is_ok_and(|mut entries| entries.any(|it| it.is_ok_and(is_milestone)))
}
