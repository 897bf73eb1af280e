use serde_json::Value;

use super::fields::short;
use super::kata::KataView;
use super::roster_view::RosterView;
use super::view::View;

/// A class as its reports show it: read from `class.json` and the results.
#[derive(Debug, Clone, Default)]
pub struct ClassView {
    /// What learners know the assignment by; empty without an assignment file.
    pub title: String,
    /// Each submission.
    pub views: Vec<View>,
    /// How the roster and the submissions fit together, where there is a roster.
    pub roster: Option<RosterView>,
    /// Other files of the class that may be downloaded.
    pub files: Vec<String>,
}

impl ClassView {
    /// Reads what is kept of a class.
    #[must_use]
    pub fn of(class: &Value, results: &[Value]) -> Self {
        Self {
            title: short(&class["title"]),
            views: results.iter().map(View::of).collect(),
            roster: RosterView::of(&class["roster"]),
            files: class["files"].as_array().into_iter().flatten().map(short).collect(),
        }
    }

    /// The milestones of the class of which katas count, in order.
    #[must_use]
    pub fn milestones(&self) -> Vec<&str> {
        let Some(longest) = self.views.iter().max_by_key(|view| view.katas.len()) else { return Vec::new() };
        let counts = |katas: &[&KataView]| katas.iter().any(|kata| kata.state.counts());
        let milestones = longest.milestones().into_iter().filter(|(_, katas)| counts(katas));
        milestones.map(|(name, _)| name).collect()
    }
}
