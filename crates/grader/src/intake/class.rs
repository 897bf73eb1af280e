use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use engine::problem::{Doing, Problem};

use super::name::{is_milestone, name};

/// A submission: its name and where it lies.
pub type NamedSubmission = (String, PathBuf);

/// The submissions that these paths hold, each under a name of its own and none under a reserved one.
///
/// # Errors
///
/// [`Problem::File`] if a folder cannot be read.
pub fn collect(paths: &[PathBuf], reserved: &[&str]) -> Result<Vec<NamedSubmission>, Problem> {
    let mut found: Vec<PathBuf> = Vec::new();
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
        found.extend(within);
    }
    Ok(named(found, reserved))
}

/// Each of these paths as one submission, whatever lies in it.
#[must_use]
pub fn each_by_itself(paths: &[PathBuf], reserved: &[&str]) -> Vec<NamedSubmission> {
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    named(paths.iter().map(whole).collect(), reserved)
}

fn named(paths: Vec<PathBuf>, reserved: &[&str]) -> Vec<NamedSubmission> {
    let mut taken = BTreeSet::new();
    let named = paths.into_iter().map(|path| {
        let name = name(&path);
        // What is written about the class itself has its names; a submission that bears one gets another.
        let name = if reserved.contains(&name.as_str()) { format!("{name}_") } else { name };
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        // Also on a file system that does not distinguish Ada from ada.
        let mut unused = |name: &String| taken.insert(name.to_lowercase());
        (std::iter::once(name.clone()).chain(numbered).find(&mut unused).unwrap_or(name), path)
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
