use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::write_whole;
use crate::problem::{Doing, Problem};

/// Keeps a text under a name that begins with the time, and never over another.
pub(super) fn keep(folder: &Path, name: &str, text: &[u8]) -> Result<PathBuf, Problem> {
    fs::create_dir_all(folder).doing("make the folder", folder)?;
    // 2026-11-23T07-01-05Z: sorted by name is sorted by time, and a name of a file has no colons.
    let stamp = humantime::format_rfc3339_seconds(SystemTime::now()).to_string().replace(':', "-");
    let name = name.replace(['/', '\\'], ".");
    let names = (1..).map(|n| if n == 1 { format!("{stamp}.{name}") } else { format!("{stamp}.{n}.{name}") });
    let free = names.map(|name| folder.join(name)).find(|path| !path.exists());
    let path = free.unwrap_or_else(|| folder.join(&name));
    write_whole(&path, text).doing("keep the old text in", &path)?;
    Ok(path)
}
