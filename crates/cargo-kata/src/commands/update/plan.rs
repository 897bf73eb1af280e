//! What becomes of each of the learner's files.

use std::fs;

use crate::commands::Context;
use engine::catalog::Catalog;
use engine::outline::outline;
use engine::problem::{Doing, Problem};
use engine::update::{Moved, Note, moved};
use engine::workspace::Workspace;

/// A file of katas, before and after.
pub(super) struct Change {
    /// `katas/m01_linear_algebra/vectors.rs`.
    pub(super) path: String,
    /// What the learner has there; `None` where the file is new.
    pub(super) before: Option<String>,
    pub(super) moved: Moved,
}

/// All of them.
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
}

impl Plan {
    /// # Errors
    ///
    /// A [`Problem`] if one of the two versions cannot be read: then nothing is changed.
    pub(super) fn of(context: &Context, newer: &Workspace) -> Result<Self, Problem> {
        let catalog = Catalog::read(newer)?;
        let changes = catalog.files().map(|file| change(context, newer, &file.id));
        Ok(Self { changes: changes.collect::<Result<_, _>>()? })
    }

    /// How many katas are carried over.
    pub(super) fn carried(&self) -> usize {
        self.changes.iter().map(|change| change.moved.carried.len()).sum()
    }

    /// What needs a look, with its file.
    pub(super) fn notes(&self) -> impl Iterator<Item = (&str, &Note)> {
        self.changes.iter().flat_map(|it| it.moved.notes.iter().map(|note| (it.path.as_str(), note)))
    }
}

fn change(context: &Context, newer: &Workspace, id: &str) -> Result<Change, Problem> {
    let path = format!("katas/{id}.rs");
    let stub = newer.path(&path);
    let stub = fs::read_to_string(&stub).doing("read", &stub)?;
    let mine = context.workspace.path(&path);
    if !mine.exists() {
        let moved = Moved { text: stub, carried: Vec::new(), notes: Vec::new() };
        return Ok(Change { path, before: None, moved });
    }
    let before = fs::read_to_string(&mine).doing("read", &mine)?;
    let solution = context.workspace.path(format!("solutions/{id}.rs"));
    let solution = fs::read_to_string(&solution).doing("read", &solution)?;
    let moved = moved(&before, &outline(&solution), &stub);
    Ok(Change { path, before: Some(before), moved })
}
