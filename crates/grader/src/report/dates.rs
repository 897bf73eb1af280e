use serde_json::Value;

use super::fields::short;
use crate::rules::Points;

/// When a submission was submitted and due, and what that costs.
#[derive(Debug, Clone)]
pub struct DatesView {
    /// When it was submitted; empty where it is not known.
    pub submitted: String,
    /// When it was due.
    pub due: String,
    /// Why that is later than for others; empty where it is not.
    pub extension: String,
    /// What being late costs, in a sentence; empty where it is in time.
    pub why: String,
    /// The points before.
    pub before: Points,
}

impl DatesView {
    pub(super) fn of(value: &Value) -> Option<Self> {
        let it = Self {
            submitted: short(&value["submitted"]),
            due: short(&value["due"]),
            extension: short(&value["extension"]),
            why: short(&value["why"]),
            before: Points::read(&value["before"]),
        };
        value.is_object().then_some(it)
    }

    /// Whether it came after its due date.
    #[must_use]
    pub fn is_late(&self) -> bool {
        !self.why.is_empty()
    }

    /// In a sentence, for the learner.
    #[must_use]
    pub fn sentence(&self) -> String {
        let extension = match self.extension.as_str() {
            "" => String::new(),
            note => format!(" Extension: {note}"),
        };
        match (self.is_late(), self.submitted.as_str()) {
            (true, _) => format!("Late: {}. Before that: {} points.{extension}", self.why, self.before),
            (false, "") => format!("Due {}.{extension}", self.due),
            (false, submitted) => format!("Submitted {submitted}, due {}.{extension}", self.due),
        }
    }
}
