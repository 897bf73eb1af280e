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

/// A text that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was kept: `2026-11-23T07-01-05Z`.
    pub time: String,
    /// What it was called, with dots for slashes: `katas.m01_linear_algebra.vectors.rs`.
    pub name: String,
}

/// All texts that were kept in this folder, the newest first.
pub(super) fn all(folder: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let backup = |entry: fs::DirEntry| {
        let file = entry.file_name().into_string().ok()?;
        let (time, rest) = file.split_once('.')?;
        // Of several within a second the later ones are numbered.
        let name = match rest.split_once('.') {
            Some((number, name)) if number.parse::<u32>().is_ok() => name,
            _ => rest,
        };
        Some((file.clone(), Backup { path: entry.path(), time: time.to_owned(), name: name.to_owned() }))
    };
    let mut found: Vec<_> = entries.filter_map(backup).collect();
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    found.into_iter().map(|(_, backup)| backup).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_found_again_the_newest_first() {
        let folder = std::env::temp_dir().join(format!("katas-backups-{}", std::process::id()));
        let _there_was_none = fs::remove_dir_all(&folder);
        assert_eq!(all(&folder), []);
        for text in ["a", "b"] {
            keep(&folder, "katas/m/f.rs", text.as_bytes()).unwrap();
        }
        let found = all(&folder);
        let texts: Vec<_> = found.iter().map(|it| fs::read_to_string(&it.path).unwrap()).collect();
        assert!(found.iter().all(|it| it.name == "katas.m.f.rs" && it.time.ends_with('Z')), "{found:?}");
        assert_eq!(texts.len(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }
}
