use std::path::Path;
use std::{fs, io};

/// Makes a folder anew, empty.
///
/// # Errors
///
/// As the file system's.
pub fn recreate(folder: &Path) -> io::Result<()> {
    // There may be none.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)
}

/// Copies a file, or a folder with all that lies in it.
///
/// # Errors
///
/// As the file system's.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    fs::read_dir(from)?.try_for_each(|entry| {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))
    })
}
