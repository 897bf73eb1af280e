use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use engine::problem::{Doing, Problem};

/// A file that an instructor wrote, so that what is wrong in it can be said with its line.
#[derive(Debug, Clone)]
pub struct Located {
    path: PathBuf,
    text: String,
}

impl Located {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be read.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(path).doing("read", path)?;
        Ok(Self { path: path.to_owned(), text })
    }

    /// A text that is known already.
    #[must_use]
    pub fn new(path: &Path, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A file that is named in this one: relative names begin where this file lies.
    #[must_use]
    pub fn neighbor(&self, name: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(name)
    }

    /// What is wrong at this place of the text.
    #[must_use]
    pub fn wrong(&self, at: Range<usize>, what: &str, remedy: &str) -> Problem {
        let before = self.text.get(..at.start).unwrap_or(&self.text);
        self.wrong_in_line(1 + before.matches('\n').count(), what, remedy)
    }

    /// What is wrong in this line, counted from 1.
    #[must_use]
    pub fn wrong_in_line(&self, line: usize, what: &str, remedy: &str) -> Problem {
        let what = format!("{}:{line}: {what}", self.path.display());
        Problem::Usage { what, remedy: remedy.to_owned() }
    }
}
