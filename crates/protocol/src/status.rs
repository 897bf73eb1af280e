/// How a law ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It holds for every input drawn.
    Held,
    /// It is broken.
    Broken,
    /// The kata is still `todo!()`.
    Todo,
    /// A call did not return in time.
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

    /// The status that this word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }
}

/// A kata's verdict in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

    /// The state that these words stand for.
    #[must_use]
    pub fn of(words: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == words).map(|(state, _)| *state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        assert!(Status::ALL.iter().all(|(status, word)| Status::of(word) == Some(*status)));
        assert!(State::ALL.iter().all(|(state, words)| State::of(words) == Some(*state)));
        assert_eq!((Status::of("fine"), State::of("fine")), (None, None));
    }
}
