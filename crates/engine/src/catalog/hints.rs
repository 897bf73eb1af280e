use std::fs;
use std::path::Path;

use crate::problem::{Doing, Problem};

/// One hint: its heading and what it says, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// `Where to look`.
    pub heading: String,
    /// The text below it.
    pub text: String,
}

/// The hints of one file, `katas/m01_linear_algebra/vectors.md`: a heading `#` a kata, below it a heading `##` a hint.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    katas: Vec<(String, Vec<Hint>)>,
}

impl Hints {
    /// Reads the hints of a file; none where there is no such file.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it is there and cannot be read.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        match fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            text => Ok(Self::parse(&text.doing("read", path)?)),
        }
    }

    /// Reads hints from Markdown.
    #[must_use]
    pub fn parse(markdown: &str) -> Self {
        let mut katas: Vec<(String, Vec<Hint>)> = Vec::new();
        let mut in_code = false;
        for line in markdown.lines() {
            in_code ^= line.trim_start().starts_with("```");
            let heading = if in_code { None } else { line.split_once(' ') };
            match (heading, katas.last_mut()) {
                (Some(("#", kata)), _) => katas.push((kata.trim().trim_matches('`').to_owned(), Vec::new())),
                (Some(("##", heading)), Some((_, hints))) => {
                    hints.push(Hint { heading: heading.trim().to_owned(), text: String::new() });
                }
                (_, Some((_, hints))) => {
                    if let Some(hint) = hints.last_mut() {
                        hint.text += line;
                        hint.text.push('\n');
                    }
                }
                (_, None) => {}
            }
        }
        for hint in katas.iter_mut().flat_map(|(_, hints)| hints) {
            hint.text = hint.text.trim().to_owned();
        }
        Self { katas }
    }

    /// The hints of one kata, by its name; empty where there are none.
    #[must_use]
    pub fn of(&self, kata: &str) -> &[Hint] {
        self.katas.iter().find(|(name, _)| name == kata).map_or(&[], |(_, hints)| hints)
    }

    /// The katas that have hints here, in order.
    pub fn katas(&self) -> impl Iterator<Item = &str> {
        self.katas.iter().map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kata_has_its_hints_in_order() {
        let text = "# add\n## Where to look\nHere.\n\nThere.\n## The idea\n```rust\n# hidden\n## not a \
                    heading\n```\n# dot\n## Where to look\nX\n";
        let hints = Hints::parse(text);
        assert_eq!(hints.katas().collect::<Vec<_>>(), ["add", "dot"]);
        assert_eq!(
            hints.of("add")[0],
            Hint { heading: "Where to look".into(), text: "Here.\n\nThere.".into() }
        );
        assert_eq!(hints.of("add")[1].text, "```rust\n# hidden\n## not a heading\n```");
        assert_eq!(hints.of("norm"), []);
    }
}
