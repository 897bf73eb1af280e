//! What was judged: a verdict is remembered as long as nothing that led to it has changed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::catalog::{Catalog, Kata};
use crate::edit;
use crate::hash::{Hash, entries};
use crate::workspace::Workspace;

/// What a verdict depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The learner's part: the kata, and whatever it leans on.
    pub text: Hash,
    /// Ours: the laws, the snapshots, the judge, the versions of the libraries.
    pub suite: Hash,
}

/// Stamps katas; what all of them share is read once.
#[derive(Debug)]
pub struct Hasher<'a> {
    workspace: &'a Workspace,
    catalog: &'a Catalog,
    frame: Hash,
    /// By the id of a file: what the laws of its katas share.
    shared: RefCell<BTreeMap<String, Hash>>,
}

impl<'a> Hasher<'a> {
    /// Reads what all katas share: the kit, the judge, the versions of the libraries.
    #[must_use]
    pub fn new(workspace: &'a Workspace, catalog: &'a Catalog) -> Self {
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
        Self { workspace, catalog, frame, shared: RefCell::default() }
    }

    /// The stamp of one kata. Other katas of its file count only where it mentions them, so that work on one does not
    /// cost its neighbors their verdicts.
    #[must_use]
    pub fn of(&self, kata: &Kata) -> Stamp {
        let mut suite = self.shared_by_laws_of(kata.file_id(), kata.milestone_id());
        // With a library come the laws that need it.
        suite.add(kata.features.join(" ").as_bytes());
        suite.add_tree(&self.workspace.path(kata.laws_path()));
        suite.add_tree(&self.workspace.path("snapshots").join(kata.file_id()));
        Stamp { text: text_of(self.workspace, kata), suite }
    }

    /// What the laws of a file share: it lies next to them, or in the milestone's folder.
    fn shared_by_laws_of(&self, file: &str, milestone: &str) -> Hash {
        let read = || {
            let of_file = self.catalog.katas().filter(|it| it.file_id() == file);
            let laws: Vec<_> = of_file.map(|it| self.workspace.path(it.laws_path())).collect();
            let tests = self.workspace.path("tests");
            let found = [tests.join(file), tests.join(milestone)].map(|folder| entries(&folder)).concat();
            let mut shared = self.frame;
            let is_shared = |path: &&PathBuf| !path.is_dir() && !laws.contains(path);
            found.iter().filter(is_shared).for_each(|path| shared.add_tree(path));
            shared
        };
        *self.shared.borrow_mut().entry(file.to_owned()).or_insert_with(read)
    }
}

/// The hash of the learner's part.
#[must_use]
pub fn text_of(workspace: &Workspace, kata: &Kata) -> Hash {
    let bytes = fs::read(workspace.path(kata.path())).unwrap_or_default();
    let file = String::from_utf8_lossy(&bytes);
    let mut text = Hash::of(b"text");
    match edit::all_it_leans_on(&file, kata) {
        Some(parts) => {
            parts.items.iter().for_each(|item| text.add(item.as_bytes()));
            if leans_on_other_files(&parts) {
                text.add_tree(&workspace.path("katas"));
            }
        }
        // No one can tell which part of it is the kata's.
        None => text.add(&bytes),
    }
    text
}

/// Whether it calls what it has from another file of the learner.
fn leans_on_other_files(parts: &edit::Parts) -> bool {
    parts.items.iter().any(|item| item.contains("crate::") || item.contains("super::"))
}
