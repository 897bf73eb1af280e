use std::fs;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::laws::{Law, LawFile};

/// The laws of a kata, in order, read when somebody first asks for them: most commands are about one kata of two hundred.
#[derive(Debug, Clone, Default)]
pub struct LazyLaws {
    /// The file, and the kata's module among the tests.
    place: Option<(PathBuf, String)>,
    read: OnceLock<Vec<Law>>,
}

impl LazyLaws {
    /// Those of this file; none where it cannot be read.
    #[must_use]
    pub fn in_file(path: PathBuf, module: String) -> Self {
        Self { place: Some((path, module)), read: OnceLock::new() }
    }
}

impl From<Vec<Law>> for LazyLaws {
    fn from(laws: Vec<Law>) -> Self {
        Self { place: None, read: OnceLock::from(laws) }
    }
}

impl Deref for LazyLaws {
    type Target = Vec<Law>;

    fn deref(&self) -> &Vec<Law> {
        self.read.get_or_init(|| {
            let Some((path, module)) = &self.place else { return Vec::new() };
            LawFile::new(&fs::read_to_string(path).unwrap_or_default()).laws(module)
        })
    }
}

impl<'a> IntoIterator for &'a LazyLaws {
    type Item = &'a Law;
    type IntoIter = std::slice::Iter<'a, Law>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
