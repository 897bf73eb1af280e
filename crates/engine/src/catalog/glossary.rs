use std::fs;
use std::path::{Path, PathBuf};

use strsim::levenshtein;

use crate::problem::{Doing, Problem};

/// A term of the field and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As the heading has it: `activation function`.
    pub name: String,
    /// The entry in Markdown.
    pub text: String,
}

/// The glossary of the book, in the order of the page.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    /// Its entries.
    pub terms: Vec<Term>,
}

impl Glossary {
    /// Where it stands.
    #[must_use]
    pub fn path(root: &Path) -> PathBuf {
        root.join("book/src/glossary.md")
    }

    /// Reads the glossary of this repository; an empty one where there is no such page.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it is there and cannot be read.
    pub fn read(root: &Path) -> Result<Self, Problem> {
        let path = Self::path(root);
        match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            text => Ok(Self::parse(&text.doing("read", &path)?)),
        }
    }

    /// Reads entries from Markdown: a heading `##` a term.
    #[must_use]
    pub fn parse(markdown: &str) -> Self {
        let parts = markdown.split("\n## ").skip(1);
        let term = |part: &str| {
            let (name, text) = part.split_once('\n').unwrap_or((part, ""));
            Term { name: name.trim().to_owned(), text: text.trim().to_owned() }
        };
        Self { terms: parts.map(term).collect() }
    }

    /// The term that is meant: upper case, hyphens and a plural `s` do not matter.
    #[must_use]
    pub fn find(&self, asked: &str) -> Option<&Term> {
        let asked = plain(asked);
        let is = |term: &&Term| plain(&term.name) == asked;
        self.terms.iter().find(is).or_else(|| {
            let singular = asked.strip_suffix('s')?;
            self.terms.iter().find(|term| plain(&term.name) == singular)
        })
    }

    /// The terms that are spelled alike, the nearest first.
    #[must_use]
    pub fn nearest(&self, asked: &str) -> Vec<&str> {
        let asked = plain(asked);
        let distance = |term: &Term| levenshtein(&plain(&term.name), &asked);
        let mut near: Vec<_> = self.terms.iter().map(|term| (distance(term), term.name.as_str())).collect();
        near.retain(|(distance, _)| *distance <= 1 + asked.chars().count() / 4);
        near.sort_unstable();
        near.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

/// The anchor of a heading, as mdBook and GitHub make it: `#k-nearest-neighbors-classifier`.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn plain(term: &str) -> String {
    term.trim().to_lowercase().replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_however_they_are_typed() {
        let glossary =
            Glossary::parse("# Glossary\n\n## k-nearest neighbors\n\nA vote.\n\n## Adam\n\nSteps.\n");
        let found = |asked| glossary.find(asked).map(|term| term.text.as_str());
        assert_eq!(found("K-Nearest-Neighbors"), Some("A vote."));
        assert_eq!((found("adam"), found("adams"), found("eve")), (Some("Steps."), Some("Steps."), None));
        assert_eq!(glossary.nearest("adma"), ["Adam"]);
        assert_eq!(anchor("k-nearest neighbors (k-NN)"), "k-nearest-neighbors-k-nn");
    }
}
