use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file so that at every moment the old text or the new one is there, whole: a full disk or a power cut
/// leaves the old one.
///
/// # Errors
///
/// What the system says; then the old text is still there.
pub fn write_whole(path: &Path, text: &[u8]) -> io::Result<()> {
    // Through a link, so that the link stays one.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let new = path.with_file_name(name);
    let written = fs::File::create(&new).and_then(|mut file| {
        file.write_all(text)?;
        if let Ok(old) = fs::metadata(&path) {
            file.set_permissions(old.permissions())?;
        }
        file.sync_all()
    });
    let replaced = written.and_then(|()| fs::rename(&new, &path));
    if replaced.is_err() {
        let _nothing_was_written = fs::remove_file(&new);
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_text_gives_way_to_the_whole_new_one() {
        let folder = std::env::temp_dir().join(format!("cargo-kata-atomic-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.rs");
        write_whole(&file, b"old").unwrap();
        write_whole(&file, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        assert!(write_whole(&folder.join("none/a.rs"), b"x").is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
