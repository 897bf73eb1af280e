//! What was judged, in one number: a verdict is remembered as long as nothing that led to it has changed.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::catalogue::Kata;
use crate::workspace::Workspace;

/// The hash of everything that a verdict hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hash(u64);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Hashes katas; the frame that all share is read once.
#[derive(Debug)]
pub struct Hasher<'a> {
    workspace: &'a Workspace,
    frame: Hash,
}

impl<'a> Hasher<'a> {
    /// Reads the frame: the kit, the judge, the versions of the libraries.
    #[must_use]
    pub fn new(workspace: &'a Workspace) -> Self {
        let mut frame = Hash::of(b"frame");
        for below in [
            "Cargo.toml",
            "Cargo.lock",
            "katas/lib.rs",
            "crates/kit/src",
            "crates/judge/src",
            "crates/protocol/src",
        ] {
            frame.add_tree(&workspace.path(below));
        }
        for key in ["PROPTEST_CASES", "PROPTEST_RNG_SEED"] {
            frame.add(std::env::var(key).unwrap_or_default().as_bytes());
        }
        Self { workspace, frame }
    }

    /// The hash of one kata: its file, its laws, its snapshots.
    #[must_use]
    pub fn of(&self, kata: &Kata) -> Hash {
        let mut hash = self.frame;
        let text = fs::read(self.workspace.path(kata.path())).unwrap_or_default();
        hash.add(&text);
        // With a library come the laws that need it.
        hash.add(kata.features.join(" ").as_bytes());
        // A file may lean on others of the learner: then each of them counts.
        let words = String::from_utf8_lossy(&text);
        if ["crate::", "super::"].iter().any(|word| words.contains(word)) {
            hash.add_tree(&self.workspace.path("katas"));
        }
        hash.add_tree(&self.workspace.path(kata.laws_path()));
        hash.add_tree(&self.workspace.path("snapshots").join(kata.file_id()));
        hash
    }
}

impl Hash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hash = Self(0xcbf2_9ce4_8422_2325);
        hash.add(bytes);
        hash
    }

    /// Sixteen bits in which every bit of it plays a part: a multiplication carries all of them to the top.
    #[must_use]
    pub fn short(self) -> u16 {
        ((self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as u16
    }

    /// FNV-1a over eight bytes at a time: no secret to keep, only changes to notice, and this program is not optimised.
    fn add(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let rest = rest.iter().chain(&[0xff]).map(|byte| u64::from(*byte));
        for word in words.iter().map(|word| u64::from_le_bytes(*word)).chain(rest) {
            // The turn brings the high bits, which a multiplication leaves alone, into play.
            self.0 = (self.0 ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
        }
    }

    fn add_tree(&mut self, path: &Path) {
        if !path.is_dir() {
            self.add(path.file_name().unwrap_or_default().as_encoded_bytes());
            return self.add(&fs::read(path).unwrap_or_default());
        }
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| self.add_tree(path));
    }
}
