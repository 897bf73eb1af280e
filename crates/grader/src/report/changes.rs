use serde_json::Value;

use super::fields::short;
use crate::rules::Points;

/// What another grading of the same submission changed, as a report shows it.
#[derive(Debug, Clone)]
pub struct ChangeView {
    /// The day.
    pub date: String,
    /// The points before,
    pub before: Points,
    /// and after.
    pub after: Points,
    /// Why.
    pub why: String,
    /// The katas whose state or points changed: which, and how.
    pub katas: Vec<(String, String)>,
}

impl ChangeView {
    pub(super) fn of(value: &Value) -> Self {
        let katas = value["katas"].as_array().into_iter().flatten();
        Self {
            date: short(&value["date"]),
            before: Points::read(&value["before"]),
            after: Points::read(&value["after"]),
            why: short(&value["why"]),
            katas: katas.map(|it| (short(&it["kata"]), short(&it["change"]))).collect(),
        }
    }

    /// In a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("Graded again on {}: {} points, before {}. {}", self.date, self.after, self.before, self.why)
    }
}
