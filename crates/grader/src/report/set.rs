use serde_json::Value;

use super::fields::short;
use crate::rules::Points;

/// Points that an instructor set by hand, as a report shows them.
#[derive(Debug, Clone)]
pub struct SetView {
    /// The points.
    pub points: Points,
    /// What the laws gave.
    pub earned: Points,
    /// Why.
    pub note: String,
}

impl SetView {
    pub(super) fn of(value: &Value) -> Option<Self> {
        let points = |key: &str| Points::read(&value[key]);
        let it = Self { points: points("points"), earned: points("earned"), note: short(&value["note"]) };
        value.is_object().then_some(it)
    }

    /// In a sentence, for the learner.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("Set by the instructor: {} instead of {}. {}", self.points, self.earned, self.note)
    }
}
