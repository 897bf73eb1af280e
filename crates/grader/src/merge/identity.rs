use std::path::{Path, PathBuf};
use std::{fs, io};

use engine::hash::Hash;

use crate::assignment::Assignment;

/// What the laws of an assignment are made of.
const TREES: [&str; 6] =
    ["tests", "crates/judge/src", "crates/kit/src", "crates/protocol/src", "snapshots", "Cargo.lock"];

/// Which assignment this is, the same on every machine: the katas, their laws, and the libraries below them.
#[must_use]
pub fn identity(assignment: &Assignment) -> String {
    let mut text: Vec<u8> = format!("{:?}", assignment.features).into_bytes();
    for (id, stub) in &assignment.stubs {
        text.extend(format!("\n{id}\n{stub}").bytes());
    }
    let root = assignment.workspace.root();
    for tree in TREES {
        // What cannot be read makes another assignment, and that is what it is.
        let _as_far_as_it_goes = add(root, &root.join(tree), &mut text);
    }
    Hash::of(&text).to_string()
}

/// Adds the paths and texts of everything below a path.
pub(crate) fn add(root: &Path, path: &Path, text: &mut Vec<u8>) -> io::Result<()> {
    if !path.is_dir() {
        let below = path.strip_prefix(root).unwrap_or(path);
        text.extend(format!("\n{}\n", below.display()).bytes());
        text.extend(fs::read(path)?);
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?.flatten().map(|it| it.path()).collect();
    entries.sort();
    entries.iter().try_for_each(|entry| add(root, entry, text))
}
