use std::path::{Path, PathBuf};
use std::{fs, io};

/// Adds the paths and texts of everything below a path.
pub(super) fn add(root: &Path, path: &Path, text: &mut Vec<u8>) -> io::Result<()> {
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
