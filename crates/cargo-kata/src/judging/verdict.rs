//! What the laws say about a kata.

use std::path::Path;

use serde_json::{Value, json};

use crate::catalogue::{Kata, Law};
use crate::need::Need;

/// What stands in a record before the place of a `todo!()`.
const TODO_AT: &str = "Write it: ";

/// How a law ended. The runner decides; a record only explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It holds for every input drawn.
    Held,
    /// It is broken.
    Broken,
    /// The kata is still `todo!()`.
    Todo,
    /// A call did not come back.
    Timeout,
    /// The process died: a stack overflow, an abort, an exit.
    Crashed,
    /// It was not judged: the test is missing, passed without a record, or an endless call came before it.
    Unjudged,
    /// It needs something that is not there; `look` says how to get it.
    Skipped,
}

impl Status {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Held, "held"),
        (Self::Broken, "broken"),
        (Self::Todo, "todo"),
        (Self::Timeout, "timeout"),
        (Self::Crashed, "crashed"),
        (Self::Unjudged, "unjudged"),
        (Self::Skipped, "skipped"),
    ];

    /// The word for it in records and `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(status, _)| *status == self).map_or("unjudged", |(_, word)| word)
    }

    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }
}

/// The verdict of one law.
#[derive(Debug, Clone, PartialEq)]
pub struct LawVerdict {
    /// The test: `m01_linear_algebra::vectors::dot::a_nan_is_not_hidden`.
    pub test: String,
    /// The law as a sentence.
    pub law: String,
    /// How it ended.
    pub status: Status,
    /// The smallest input that breaks it, one value a line.
    pub with: String,
    /// The call and what came out.
    pub got: String,
    /// What the law wants instead.
    pub want: String,
    /// Where to look.
    pub look: String,
    /// How many inputs were drawn.
    pub cases: u64,
    /// The largest error seen, as a share of its tolerance.
    pub closest: f64,
}

/// The verdict of a kata: of each of its laws, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct KataVerdict {
    /// The kata's id.
    pub kata: String,
    /// Its laws.
    pub laws: Vec<LawVerdict>,
    /// Whether the kata's file did not compile; then no law was judged.
    pub compiles: bool,
}

/// A kata's verdict in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Every law holds, and there is at least one.
    Holds,
    /// A law is broken.
    Broken,
    /// It is still `todo!()`.
    NotWritten,
    /// Its file does not compile.
    DoesNotCompile,
    /// Nothing is known: a law was not judged, none is broken.
    Unknown,
    /// All its laws need something that is not there: neither passed nor failed.
    Skipped,
}

impl State {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Holds, "holds"),
        (Self::Broken, "broken"),
        (Self::NotWritten, "not written"),
        (Self::DoesNotCompile, "does not compile"),
        (Self::Unknown, "unknown"),
        (Self::Skipped, "skipped"),
    ];

    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("unknown", |(_, words)| words)
    }
}

impl KataVerdict {
    /// The verdict in one word.
    #[must_use]
    pub fn state(&self) -> State {
        let any = |status| self.laws.iter().any(|law| law.status == status);
        if !self.compiles {
            State::DoesNotCompile
        } else if any(Status::Broken) || any(Status::Timeout) || any(Status::Crashed) {
            State::Broken
        } else if any(Status::Todo) {
            State::NotWritten
        } else if any(Status::Unjudged) || self.laws.is_empty() {
            State::Unknown
        } else if self.laws.iter().all(|law| law.status == Status::Skipped) {
            State::Skipped
        } else {
            State::Holds
        }
    }

    /// A kata that is skipped because of this need.
    #[must_use]
    pub fn skipped(kata: &Kata, need: Need) -> Self {
        let law =
            |law: &Law| LawVerdict { look: need.remedy(), ..LawVerdict::bare(&law.test, Status::Skipped) };
        Self { kata: kata.id.clone(), laws: kata.laws.iter().map(law).collect(), compiles: true }
    }

    /// Why it is skipped, and the remedy, where it is.
    #[must_use]
    pub fn why_skipped(&self) -> Option<&str> {
        (self.state() == State::Skipped).then(|| self.laws.first().map_or("", |law| &law.look))
    }

    /// Whether it asks for more work; a skipped one does not.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        !matches!(self.state(), State::Holds | State::Skipped)
    }

    /// The first law that does not hold; a broken one before one that only was not judged.
    #[must_use]
    pub fn first_broken(&self) -> Option<&LawVerdict> {
        let really =
            |law: &&LawVerdict| !matches!(law.status, Status::Held | Status::Unjudged | Status::Skipped);
        self.laws.iter().find(really).or_else(|| self.broken().next())
    }

    /// The laws that are broken, as the fingerprints name them.
    pub fn broken(&self) -> impl Iterator<Item = &LawVerdict> {
        self.laws.iter().filter(|law| !matches!(law.status, Status::Held | Status::Skipped))
    }

    /// For a program.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let laws: Vec<_> = self.laws.iter().map(LawVerdict::to_json).collect();
        json!({ "kata": self.kata, "state": self.state().words(), "compiles": self.compiles, "laws": laws })
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let laws = value["laws"].as_array()?.iter().map(LawVerdict::from_json).collect::<Option<_>>()?;
        let kata = value["kata"].as_str()?.to_owned();
        Some(Self { kata, laws, compiles: value["compiles"].as_bool()? })
    }
}

impl LawVerdict {
    /// A law that only has a status.
    #[must_use]
    pub fn bare(test: &str, status: Status) -> Self {
        let law = crate::catalogue::Law::of(test).sentence;
        let nothing = String::new;
        let (with, got, want, look) = (nothing(), nothing(), nothing(), nothing());
        Self { test: test.to_owned(), law, status, with, got, want, look, cases: 0, closest: 0.0 }
    }

    /// The file and line of the `todo!()` that was met, where one was.
    pub(crate) fn met_at(&self) -> Option<(&Path, usize)> {
        let (place, _column) = self.look.strip_prefix(TODO_AT)?.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        Some((Path::new(file), line.parse().ok()?))
    }

    /// For a program.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "test": self.test, "law": self.law, "status": self.status.word(), "with": self.with, "got": self.got,
            "want": self.want, "look": self.look, "cases": self.cases, "closest": self.closest,
        })
    }

    /// Reads a record as a law leaves it, or what [`LawVerdict::to_json`] wrote.
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
            cases: value["cases"].as_u64().unwrap_or_default(),
            closest: value["closest"].as_f64().unwrap_or_default(),
        })
    }
}
