//! What was judged: a verdict is remembered as long as nothing that led to it has changed.

use std::collections::BTreeSet;
use std::fs;

use crate::catalogue::Kata;
use crate::edit;
use crate::hash::Hash;
use crate::workspace::Workspace;

/// What a verdict hangs on.
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
    frame: Hash,
}

impl<'a> Hasher<'a> {
    /// Reads what all katas share: the kit, the judge, the versions of the libraries.
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
        Self { workspace, frame }
    }

    /// The stamp of one kata. Other katas of its file count only where it mentions them, so that work on one does not
    /// cost its neighbours their verdicts.
    #[must_use]
    pub fn of(&self, kata: &Kata) -> Stamp {
        let mut suite = self.frame;
        // With a library come the laws that need it.
        suite.add(kata.features.join(" ").as_bytes());
        suite.add_tree(&self.workspace.path(kata.laws_path()));
        suite.add_tree(&self.workspace.path("snapshots").join(kata.file_id()));
        let bytes = fs::read(self.workspace.path(kata.path())).unwrap_or_default();
        let file = String::from_utf8_lossy(&bytes);
        let mut text = Hash::of(b"text");
        match edit::all_it_leans_on(&file, kata) {
            Some(parts) => {
                parts.items.iter().for_each(|item| text.add(item.as_bytes()));
                if leans_on_other_files(&parts) {
                    text.add_tree(&self.workspace.path("katas"));
                }
            }
            // Nobody can tell which part of it is the kata's.
            None => text.add(&bytes),
        }
        Stamp { text, suite }
    }
}

/// Whether it calls what it has from another file of the learner.
fn leans_on_other_files(parts: &edit::Parts) -> bool {
    let is_path = |text: &str| text.contains("crate::") || text.contains("super::");
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).map(ToOwned::to_owned).collect()
    };
    let said: BTreeSet<String> = parts.items.iter().flat_map(|item| words(item)).collect();
    let imports = parts.imports.iter().filter(|import| is_path(import));
    // A glob names nothing, and so may mean anything.
    let is_used = |import: &String| {
        import.contains('*') || words(import).iter().any(|it| it != "use" && said.contains(it))
    };
    parts.items.iter().any(|item| is_path(item)) || imports.into_iter().any(is_used)
}
