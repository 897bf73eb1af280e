use std::fs;

use super::tree::Kata;
use crate::problem::{Doing, Problem};
use crate::source::literals_after;
use crate::workspace::Workspace;

/// One right or wrong answer to a kata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Specimen {
    /// The kata's id.
    pub kata: String,
    /// Its name among the kata's specimens.
    pub name: String,
    /// A wheat, not a chaff.
    pub right: bool,
    /// How a wheat differs from the reference, or what a learner may have believed who writes the chaff.
    pub words: String,
}

/// The specimens of a kata, in the order of their file.
///
/// # Errors
///
/// [`Problem::File`] if the file cannot be read; a kata without one has none.
pub fn specimens_of(workspace: &Workspace, kata: &Kata) -> Result<Vec<Specimen>, Problem> {
    let path = workspace.path(kata.specimens_path());
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        text => text.doing("read", &path)?,
    };
    let calls = literals_after(&text, &["wheat", "chaff"]);
    let specimen = |(word, literals): (String, Vec<String>)| {
        let mut literals = literals.into_iter();
        let (name, words) = (literals.next()?, literals.next()?);
        Some(Specimen { kata: kata.id.clone(), name, right: word == "wheat", words })
    };
    Ok(calls.into_iter().filter_map(specimen).collect())
}
