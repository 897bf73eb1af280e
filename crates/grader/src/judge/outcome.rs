use protocol::{GradeState, KataVerdict, State};

/// What a kata was found to be.
#[derive(Debug, Clone)]
pub enum KataOutcome {
    /// Judged, by its laws.
    Judged(KataVerdict),
    /// Its file does not compile.
    DoesNotCompile,
    /// The scan found something that costs its points: this, on that line.
    AgainstTheRules(String),
    /// It cannot be judged here, for this reason: no point is given or taken.
    NotGraded(String),
    /// The grader failed: no point is given or taken.
    GraderError(String),
}

impl KataOutcome {
    /// How the kata stands in a result.
    #[must_use]
    pub fn state(&self) -> GradeState {
        match self {
            Self::Judged(verdict) => GradeState::Judged(verdict.state()),
            Self::DoesNotCompile => GradeState::Judged(State::DoesNotCompile),
            Self::AgainstTheRules(_) => GradeState::AgainstTheRules,
            Self::NotGraded(_) => GradeState::NotGraded,
            Self::GraderError(_) => GradeState::GraderError,
        }
    }

    /// The reason, where it has one.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::AgainstTheRules(why) | Self::NotGraded(why) | Self::GraderError(why) => Some(why),
            Self::Judged(_) | Self::DoesNotCompile => None,
        }
    }
}
