use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::status::Status;
use crate::tier::Tier;

/// The verdict of one law. The runner of the tests decides; what a law leaves itself only explains.
#[derive(Debug, Clone, PartialEq)]
pub struct LawVerdict {
    /// The test: `m01_linear_algebra::vectors::dot::a_nan_is_not_hidden`.
    pub test: String,
    /// The law as a sentence.
    pub law: String,
    /// How it ended.
    pub status: Status,
    /// The smallest input that breaks it, one value per line.
    pub with: String,
    /// The call and what came out.
    pub got: String,
    /// What the law wants instead.
    pub want: String,
    /// Where to look.
    pub look: String,
    /// What the kata printed for that input, by `println!`, `dbg!` and the like.
    pub printed: String,
    /// Where a `todo!()` or a panic was met.
    pub place: Option<Place>,
    /// How many inputs were drawn.
    pub cases: u64,
    /// The largest error seen, as a share of its tolerance.
    pub closest: f64,
}

/// A line of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the compiler names it.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
}

impl Place {
    /// Reads `file:line:column` or `file:line`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<usize>().ok();
        let (rest, last) = text.rsplit_once(':')?;
        let last = number(last)?;
        let (file, line) = match rest.rsplit_once(':') {
            Some((file, line)) if number(line).is_some() => (file, number(line)?),
            _ => (rest, last),
        };
        Some(Self { file: PathBuf::from(file), line })
    }

    /// Whether it lies in this file, named from the repository's root.
    #[must_use]
    pub fn is_in(&self, file: &Path) -> bool {
        self.file.ends_with(file)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// The sentence that the name of a test is: `a nan is not hidden`.
#[must_use]
pub fn sentence(test: &str) -> String {
    let name = test.rsplit("::").next().unwrap_or(test);
    name.trim_start_matches("r#").replace('_', " ")
}

/// The id of the kata that a test judges: `m01_linear_algebra/vectors/dot`.
#[must_use]
pub fn kata_of(test: &str) -> String {
    let (module, _) = test.rsplit_once("::").unwrap_or((test, ""));
    let kata = module.strip_suffix(Tier::MODULE).and_then(|it| it.strip_suffix("::")).unwrap_or(module);
    kata.replace("::", "/")
}

impl LawVerdict {
    /// A law that only has a status.
    #[must_use]
    pub fn bare(test: &str, status: Status) -> Self {
        let nothing = String::new;
        Self {
            test: test.to_owned(),
            law: sentence(test),
            status,
            with: nothing(),
            got: nothing(),
            want: nothing(),
            look: nothing(),
            printed: nothing(),
            place: None,
            cases: 0,
            closest: 0.0,
        }
    }

    /// The tier of the law, which its path shows.
    #[must_use]
    pub fn tier(&self) -> Tier {
        Tier::of(&self.test)
    }

    /// Whether the kata did not come back, or was stopped because it used too much: its other laws would meet the same.
    #[must_use]
    pub fn is_runaway(&self) -> bool {
        matches!(self.status, Status::Timeout | Status::Crashed)
    }

    /// The law in the file of verdicts that a program reads.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "kata": kata_of(&self.test), "law": self.law, "test": self.test, "status": self.status.word(),
            "tier": self.tier().word(),
            "with": self.with, "got": self.got, "want": self.want, "look": self.look,
            "printed": self.printed,
            "place": self.place.as_ref().map(ToString::to_string),
            "cases": self.cases, "closest": self.closest,
        })
    }

    /// Reads what [`LawVerdict::to_json`] wrote; `None` if it is anything else.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Some(Self {
            test: value["test"].as_str()?.to_owned(),
            law: value["law"].as_str()?.to_owned(),
            status: Status::of(value["status"].as_str()?)?,
            with: text("with"),
            got: text("got"),
            want: text("want"),
            look: text("look"),
            printed: text("printed"),
            place: value["place"].as_str().and_then(Place::parse),
            cases: value["cases"].as_u64().unwrap_or_default(),
            closest: value["closest"].as_f64().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_read_as_it_was_written() {
        let place = Some(Place { file: "katas/m01/vectors.rs".into(), line: 69 });
        let law = LawVerdict {
            place,
            cases: 3,
            ..LawVerdict::bare("m01::vectors::dot::it_is_a_sum", Status::Todo)
        };
        assert_eq!(LawVerdict::from_json(&law.to_json()), Some(law.clone()));
        assert_eq!(law.to_json()["kata"], "m01/vectors/dot");
        assert_eq!(law.to_json()["tier"], "core");
        assert_eq!(LawVerdict::from_json(&json!({ "test": "a", "law": "a", "status": "fine" })), None);
    }

    #[test]
    fn places_are_read_with_and_without_a_column() {
        let place = |text| Place::parse(text).map(|it| (it.file, it.line));
        assert_eq!(place("katas/a.rs:12:5"), Some(("katas/a.rs".into(), 12)));
        assert_eq!(place("C:\\katas\\a.rs:12"), Some(("C:\\katas\\a.rs".into(), 12)));
        assert_eq!(place("nowhere"), None);
    }
}
