use crate::status::State;

/// How a graded kata stands in a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GradeState {
    /// Judged by its laws.
    Judged(State),
    /// The scan found something that costs its points.
    AgainstTheRules,
    /// It cannot be judged here: no point is given or taken.
    NotGraded,
    /// The grader failed: no point is given or taken.
    GraderError,
    /// Nothing was found out about it.
    NotJudged,
}

impl GradeState {
    const OTHERS: [(Self, &'static str); 4] = [
        (Self::AgainstTheRules, "against the rules"),
        (Self::NotGraded, "not graded"),
        (Self::GraderError, "grader error"),
        (Self::NotJudged, "not judged"),
    ];

    /// The words for it in a result.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Judged(state) => state.words(),
            other => {
                Self::OTHERS.iter().find(|(it, _)| *it == other).map_or("not judged", |(_, words)| words)
            }
        }
    }

    /// Whether points are given or taken for such a kata.
    #[must_use]
    pub fn counts(self) -> bool {
        self != Self::NotGraded
    }

    /// Whether the grader is to answer for it.
    #[must_use]
    pub fn is_grader_error(self) -> bool {
        matches!(self, Self::GraderError | Self::Judged(State::Unknown))
    }

    /// The state that these words stand for.
    #[must_use]
    pub fn of(words: &str) -> Option<Self> {
        let other = Self::OTHERS.iter().find(|(_, known)| *known == words).map(|(state, _)| *state);
        other.or_else(|| State::of(words).map(Self::Judged))
    }
}

/// The verdict on a submission as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubmissionVerdict {
    /// Each kata has its state.
    Graded,
    /// What was submitted could not be read.
    Unreadable,
    /// The grader failed in some part: nothing that the result says of points is final.
    GraderError,
}

impl SubmissionVerdict {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Graded, "graded"), (Self::Unreadable, "unreadable"), (Self::GraderError, "GRADER_ERROR")];

    /// The word for it in a result.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("GRADER_ERROR", |(_, word)| word)
    }

    /// The verdict that this word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(it, _)| *it)
    }
}

/// How far the verdict on a graded kata can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// The laws ran in a process of their own, and the kata answered through a channel.
    Channel,
    /// Kata and laws shared a process.
    InProcess,
    /// Nothing was judged.
    None,
}

impl Assurance {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Channel, "channel"), (Self::InProcess, "in-process"), (Self::None, "none")];

    /// The word for it in a result.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("none", |(_, word)| word)
    }

    /// The assurance that this word stands for.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(it, _)| *it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for state in
            [GradeState::Judged(State::DoesNotCompile), GradeState::GraderError, GradeState::NotJudged]
        {
            assert_eq!(GradeState::of(state.words()), Some(state));
        }
        assert_eq!(Assurance::of(Assurance::InProcess.word()), Some(Assurance::InProcess));
        for (verdict, word) in SubmissionVerdict::ALL {
            assert_eq!((verdict.word(), SubmissionVerdict::of(word)), (word, Some(verdict)));
        }
        assert_eq!((GradeState::of("fine"), Assurance::of("fine")), (None, None));
    }
}
