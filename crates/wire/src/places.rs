//! Files that a law hands to a kata by their paths: the worker has no file of ours, so what lies there is sent with the
//! path, and what the kata writes there comes back.
//!
//! Only below the folder for temporary files; what lies elsewhere is the same for both ends or is there for neither.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::value::{Decode, Encode, Malformed, Reader};

/// As deep as a law's folders are.
const DEEPEST: usize = 4;
/// As much of a file is sent; a longer one is zeros from there on.
const LONGEST: u64 = 4 << 20;

/// What lies under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lying {
    /// It is not asked: it is not ours to say.
    Elsewhere,
    Nothing,
    /// How a file begins, and its length: a law about long files makes one of holes.
    File(Vec<u8>, u64),
    /// Names, and what lies under them.
    Folder(Vec<(PathBuf, Lying)>),
    Link(PathBuf),
}

impl Lying {
    /// Of the entry itself: no link is followed.
    fn of(path: &Path, depth: usize) -> Self {
        let Ok(about) = fs::symlink_metadata(path) else { return Self::Nothing };
        if about.is_symlink() {
            return fs::read_link(path).map_or(Self::Nothing, Self::Link);
        }
        if about.is_dir() && depth < DEEPEST {
            let entries = fs::read_dir(path).into_iter().flatten().flatten();
            let mut entries: Vec<_> = entries.map(|it| PathBuf::from(it.file_name())).collect();
            entries.sort();
            let below = |name: PathBuf| (name.clone(), Self::of(&path.join(name), depth + 1));
            return Self::Folder(entries.into_iter().map(below).collect());
        }
        let mut start = Vec::new();
        let read = File::open(path).and_then(|it| it.take(LONGEST).read_to_end(&mut start));
        match read {
            Ok(_) if about.is_file() => Self::File(start, about.len()),
            _ => Self::Nothing,
        }
    }

    /// Puts it there. Where that fails the kata finds out.
    fn put_at(&self, path: &Path) {
        let _ = match self {
            Self::Elsewhere | Self::Nothing => Ok(()),
            Self::File(start, length) => fs::write(path, start).and_then(|()| {
                let is_longer = *length > start.len() as u64;
                if is_longer { File::options().write(true).open(path)?.set_len(*length) } else { Ok(()) }
            }),
            Self::Link(to) => std::os::unix::fs::symlink(to, path),
            Self::Folder(entries) => {
                let made = fs::create_dir_all(path);
                entries.iter().for_each(|(name, it)| it.put_at(&path.join(name)));
                made
            }
        };
    }
}

impl Encode for Lying {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Elsewhere => out.push(0),
            Self::Nothing => out.push(1),
            Self::File(start, length) => {
                out.push(2);
                (length, start.len()).encode(out);
                out.extend_from_slice(start);
            }
            Self::Folder(entries) => {
                out.push(3);
                entries.encode(out);
            }
            Self::Link(to) => {
                out.push(4);
                to.encode(out);
            }
        }
    }
}

impl Decode for Lying {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(match from.byte()? {
            0 => Self::Elsewhere,
            1 => Self::Nothing,
            2 => {
                let length = from.decode()?;
                let start = from.count()?;
                Self::File(from.bytes(start)?.to_vec(), length)
            }
            3 => Self::Folder(from.decode()?),
            4 => Self::Link(from.decode()?),
            _ => return Err(Malformed),
        })
    }
}

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
    let first = path.strip_prefix(&temporary).ok().and_then(|below| below.components().next());
    let root = first.map_or_else(PathBuf::new, |first| temporary.join(first));
    let lying = if first.is_some() { Lying::of(&root, 0) } else { Lying::Elsewhere };
    (path.to_owned(), root).encode(out);
    lying.encode(out);
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
    match (&before, &now) {
        _ if before == now => {}
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

    #[test]
    fn what_lies_under_a_path_crosses() {
        let folder = std::env::temp_dir().join(format!("katas-places-{}", std::process::id()));
        fs::create_dir_all(folder.join("below")).unwrap();
        fs::write(folder.join("below/file"), [1, 2]).unwrap();
        std::os::unix::fs::symlink(folder.join("below"), folder.join("link")).unwrap();
        File::create(folder.join("long")).unwrap().set_len(1 << 33).unwrap();
        let lying = Lying::of(&folder, 0);
        fs::remove_dir_all(&folder).unwrap();
        let mut out = Vec::new();
        lying.encode(&mut out);
        let there: Lying = Reader::new(&out).decode().unwrap();
        assert_eq!(there, lying);
        there.put_at(&folder);
        assert_eq!(fs::read(folder.join("link/file")).unwrap(), [1, 2]);
        assert_eq!(fs::metadata(folder.join("long")).unwrap().len(), 1 << 33);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(Lying::of(&folder, 0), Lying::Nothing);
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
