//! What of a learner's files cannot be judged, and why.

use std::path::{Path, PathBuf};

use super::readable::{Unreadable, look};
use super::signatures::Changed;
use crate::catalog::Kata;
use crate::workspace::Workspace;

/// Something of the learner's that does not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// `katas/m01_linear_algebra/vectors.rs`.
    pub path: PathBuf,
    /// How much of the file cannot be judged.
    pub extent: Extent,
    /// As rustc shows it.
    pub diagnostics: String,
    /// Signatures that the laws cannot call: what is written, what must be.
    pub signatures: Vec<Changed>,
    /// Why no compiler can read the file, where none can.
    pub unreadable: Option<Unreadable>,
}

/// How much of a file does not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// Something that all its katas share.
    File,
    /// These functions and types.
    Katas(Vec<String>),
}

impl Rejected {
    /// Whether a kata cannot be judged for it.
    #[must_use]
    pub fn covers(&self, kata: &Kata) -> bool {
        let in_it = match &self.extent {
            Extent::File => true,
            Extent::Katas(katas) => katas.contains(&kata.item),
        };
        in_it && self.path == kata.path()
    }
}

/// `m01_linear_algebra/vectors` for `katas/m01_linear_algebra/vectors.rs`, as commands take it.
#[must_use]
pub fn file_id(path: &Path) -> String {
    let below = path.strip_prefix("katas").unwrap_or(path).with_extension("");
    below.to_string_lossy().replace('\\', "/")
}

/// The files of these katas that cannot be read.
pub(super) fn unreadable(workspace: &Workspace, katas: &[&Kata]) -> Vec<Rejected> {
    let mut paths: Vec<PathBuf> = katas.iter().map(|kata| kata.path()).collect();
    paths.dedup();
    let found = paths.into_iter().filter_map(|path| {
        let why = look(&workspace.path(&path))?;
        let diagnostics = format!("{} {}\n", path.display(), why.in_words(&file_id(&path)));
        Some(Rejected {
            path,
            extent: Extent::File,
            diagnostics,
            signatures: Vec::new(),
            unreadable: Some(why),
        })
    });
    found.collect()
}
