//! Files that a law hands to a kata by their paths: the worker has no file of ours, so what lies there is sent with the
//! path, and what the kata writes there comes back.
//!
//! Only below the folder for temporary files; what lies elsewhere is the same for both ends or is there for neither.

mod lying;

use std::fs;
#[cfg(feature = "proxy")]
use std::fs::File;
use std::path::{Path, PathBuf};

use self::lying::Lying;
use crate::value::{Decode, Encode, Malformed, Reader};

/// A path that arrived, with what lies there.
#[derive(Debug)]
pub struct LentPath {
    path: PathBuf,
    is_ours: bool,
}

impl LentPath {
    /// The path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Decode for LentPath {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (path, root) = <(PathBuf, PathBuf)>::decode(from)?;
        let lying = Lying::decode(from)?;
        let is_ours = lying != Lying::Elsewhere;
        // The folder for temporary files itself, or the one in which this lies.
        let folder = if is_ours { root.parent().unwrap_or(&root) } else { &root };
        if !folder.as_os_str().is_empty() {
            let _ = fs::create_dir_all(folder);
        }
        if is_ours {
            // There may be nothing, or something of an earlier call.
            let _ = fs::remove_file(&root).or_else(|_| fs::remove_dir_all(&root));
            lying.put_at(&root);
        }
        Ok(Self { path, is_ours })
    }
}

/// On the way back: what lies there now.
impl Encode for LentPath {
    fn encode(&self, out: &mut Vec<u8>) {
        let lying = if self.is_ours { Lying::of(&self.path, 0) } else { Lying::Elsewhere };
        lying.encode(out);
    }
}

/// Several of them.
#[derive(Debug)]
pub struct LentPaths(Vec<PathBuf>);

impl LentPaths {
    /// The paths.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.0
    }
}

impl Decode for LentPaths {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let places: Vec<LentPath> = from.decode()?;
        Ok(Self(places.into_iter().map(|it| it.path).collect()))
    }
}

/// Appends a path with what lies there; with all of its folder, where a law made one.
#[cfg(feature = "proxy")]
pub fn put_place(path: &Path, out: &mut Vec<u8>) {
    let temporary = std::env::temp_dir();
    let (root, lying) = match first_below(&temporary, path) {
        Some(root) => (root.clone(), Lying::of(&root, 0)),
        None if path == temporary => (temporary, Lying::Elsewhere),
        None => (PathBuf::new(), Lying::Elsewhere),
    };
    (path.to_owned(), root).encode(out);
    lying.encode(out);
}

/// What of the folder for temporary files a path leads to; `None` where it leads elsewhere.
#[cfg(feature = "proxy")]
fn first_below(temporary: &Path, path: &Path) -> Option<PathBuf> {
    let below = path.strip_prefix(temporary).ok()?;
    let names = || below.components().map(|it| matches!(it, std::path::Component::Normal(_)));
    below.components().next().filter(|_| names().all(|is_name| is_name)).map(|first| temporary.join(first))
}

/// Appends paths with what lies there.
#[cfg(feature = "proxy")]
pub fn put_places(paths: &[PathBuf], out: &mut Vec<u8>) {
    paths.len().encode(out);
    paths.iter().for_each(|path| put_place(path, out));
}

/// Puts what a kata has written to a file where its law looks for it.
///
/// # Errors
///
/// [`Malformed`] if these bytes say nothing of a file.
#[cfg(feature = "proxy")]
pub fn take_place(path: &Path, from: &mut Reader<'_>) -> Result<(), Malformed> {
    let (before, now) = (Lying::of(path, 0), Lying::decode(from)?);
    let is_elsewhere = first_below(&std::env::temp_dir(), path).is_none();
    match (&before, &now) {
        // Whatever is said of it: a worker has no say in our own files, such as the data that laws use.
        _ if is_elsewhere || before == now => {}
        // A law hands no other file of ours to a kata than one of its own.
        (Lying::Nothing | Lying::File(..), Lying::Nothing) => drop(fs::remove_file(path)),
        (Lying::Nothing | Lying::File(..), Lying::File(bytes, length)) if *length == bytes.len() as u64 => {
            let _ = fs::remove_file(path);
            // Where that fails, the law finds out.
            let _ = created(path, bytes);
        }
        _ => {}
    }
    Ok(())
}

#[cfg(feature = "proxy")]
fn created(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    File::options().write(true).create_new(true).open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "proxy")]
    #[test]
    fn only_what_is_temporary_is_changed_or_sent() {
        let temporary = std::env::temp_dir();
        for path in ["a/../../etc/passwd", "..", "../etc"].map(|path| temporary.join(path)) {
            assert_eq!(first_below(&temporary, &path), None, "{path:?}");
        }
        // A worker says that a file of ours is gone, or another one.
        let folder = temporary.join(format!("katas-ours-{}", std::process::id()));
        fs::create_dir_all(folder.join("below")).unwrap();
        fs::write(folder.join("ours"), "ours").unwrap();
        for lying in [Lying::Nothing, Lying::File(b"forged".to_vec(), 6)] {
            let mut said = Vec::new();
            lying.encode(&mut said);
            take_place(&folder.join("below/../ours"), &mut Reader::new(&said)).unwrap();
        }
        assert_eq!(fs::read(folder.join("ours")).unwrap(), b"ours");
        fs::remove_dir_all(&folder).unwrap();
        let mut sent = Vec::new();
        put_place(&temporary, &mut sent);
        let mut from = Reader::new(&sent);
        assert_eq!(from.decode(), Ok((temporary.clone(), temporary)));
        assert_eq!(from.decode(), Ok(Lying::Elsewhere));
    }

    #[test]
    fn a_place_is_as_it_was_sent() {
        let path = std::env::temp_dir().join(format!("katas-place-{}", std::process::id()));
        fs::write(&path, "old").unwrap();
        for (lying, found) in [(Lying::File(b"new".to_vec(), 3), Some("new")), (Lying::Nothing, None)] {
            let mut out = Vec::new();
            (path.clone(), path.clone()).encode(&mut out);
            lying.encode(&mut out);
            let place: LentPath = Reader::new(&out).decode().unwrap();
            assert_eq!(fs::read_to_string(place.path()).ok().as_deref(), found);
            let mut back = Vec::new();
            place.encode(&mut back);
            assert_eq!(Reader::new(&back).decode(), Ok(lying));
        }
    }
}
