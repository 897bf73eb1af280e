use std::fs;

use engine::outline::outline;
use engine::problem::{Doing, Problem};
use engine::workspace::Workspace;

/// A file as the repository gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenFile {
    /// What it is before a learner wrote in it; it also stands in for a file that is missing or does not compile.
    pub stub: String,
    /// The reference.
    pub solution: String,
}

impl GivenFile {
    /// Reads the file of this id.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if the solution cannot be read.
    pub fn read(workspace: &Workspace, id: &str) -> Result<Self, Problem> {
        let path = workspace.path(format!("solutions/{id}.rs"));
        let solution = fs::read_to_string(&path).doing("read", &path)?;
        Ok(Self { stub: outline(&solution), solution })
    }
}

/// The id of a file in one word: `m01_linear_algebra_vectors`.
#[must_use]
pub fn flat_name(file: &str) -> String {
    file.replace('/', "_")
}

/// The milestone of an id: `m07_deep_learning`.
#[must_use]
pub fn milestone(id: &str) -> &str {
    id.split('/').next().unwrap_or_default()
}
