use serde_json::Value;

use super::fields::short;

/// How the roster and the submissions fit together, as a report shows it.
#[derive(Debug, Clone, Default)]
pub struct RosterView {
    /// How many learners there are.
    pub learners: usize,
    /// Who submitted nothing: name and student number.
    pub missing: Vec<(String, String)>,
    /// Who submitted several times: name, and the submissions.
    pub twice: Vec<(String, Vec<String>)>,
    /// Submissions of which it is not known whose they are, and why.
    pub unknown: Vec<(String, String)>,
}

impl RosterView {
    pub(super) fn of(value: &Value) -> Option<Self> {
        let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
        let names = |value: &Value| value.as_array().into_iter().flatten().map(short).collect();
        let it = Self {
            learners: super::fields::number(&value["learners"]),
            missing: list("missing").iter().map(|it| (short(&it["name"]), short(&it["number"]))).collect(),
            twice: list("twice").iter().map(|it| (short(&it["name"]), names(&it["submissions"]))).collect(),
            unknown: list("unknown").iter().map(|it| (short(&it["submission"]), short(&it["why"]))).collect(),
        };
        value.is_object().then_some(it)
    }
}
