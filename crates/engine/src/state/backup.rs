use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::utc::stamp;
use super::write_whole;
use crate::problem::{Doing, Problem};

/// Keeps a text under a name that begins with the time, and never over another.
pub(super) fn keep(folder: &Path, name: &str, text: &[u8]) -> Result<PathBuf, Problem> {
    fs::create_dir_all(folder).doing("make the folder", folder)?;
    let stamp = stamp(SystemTime::now());
    let name = name.replace(['/', '\\'], ".");
    let names = (1..).map(|n| if n == 1 { format!("{stamp}.{name}") } else { format!("{stamp}.{n}.{name}") });
    let free = names.map(|name| folder.join(name)).find(|path| !path.exists());
    let path = free.unwrap_or_else(|| folder.join(&name));
    write_whole(&path, text).doing("keep the old text in", &path)?;
    Ok(path)
}
