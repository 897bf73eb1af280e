use protocol::{GradeState, State, SubmissionVerdict};

const GOOD: &str = "good";
const BAD: &str = "bad";
const WARN: &str = "warn";

/// How the state of a kata is colored.
pub(super) fn of_state(state: GradeState) -> &'static str {
    match state {
        state if state.is_grader_error() => WARN,
        GradeState::Judged(State::Holds) => GOOD,
        GradeState::Judged(State::Broken | State::DoesNotCompile) | GradeState::AgainstTheRules => BAD,
        _ => "",
    }
}

/// How the verdict on a submission is colored.
pub(super) fn of_verdict(verdict: SubmissionVerdict) -> &'static str {
    match verdict {
        SubmissionVerdict::Graded => GOOD,
        SubmissionVerdict::Unreadable => BAD,
        SubmissionVerdict::GraderError => WARN,
    }
}
