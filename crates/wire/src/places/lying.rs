//! What lies under a path: files, folders and links, as they cross.

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
pub(super) enum Lying {
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
    pub(super) fn of(path: &Path, depth: usize) -> Self {
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
    pub(super) fn put_at(&self, path: &Path) {
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
}
