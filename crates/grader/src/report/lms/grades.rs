use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::report::view::View;
use crate::roster::{Joined, Roster, RosterLearner};
use crate::rules::{AssignmentFile, Points};

/// How grades are exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportRules {
    /// What the column of grades is called.
    pub title: String,
    /// What it is called in Canvas, where that is something else.
    pub canvas: Option<String>,
    /// Whether a submission counts for the whole group of its learner.
    pub groups: bool,
    /// Whether learners without a submission have no points, instead of no grade.
    pub missing_is_zero: bool,
}

impl ExportRules {
    /// What an assignment file says of it.
    #[must_use]
    pub fn of(file: Option<&AssignmentFile>) -> Self {
        let Some(file) = file else { return Self { title: "katas".to_owned(), ..Self::default() } };
        let (groups, missing_is_zero) = (file.groups, file.missing_is_zero);
        Self { title: file.title.clone(), canvas: file.canvas.clone(), groups, missing_is_zero }
    }

    /// As a class keeps it, for a merge.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "title": self.title, "canvas": self.canvas, "groups": self.groups,
                "missing_is_zero": self.missing_is_zero })
    }

    /// What [`ExportRules::to_json`] wrote.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        let is = |key: &str| value[key] == true;
        Self {
            title: value["title"].as_str().unwrap_or("katas").to_owned(),
            canvas: value["canvas"].as_str().map(ToOwned::to_owned),
            groups: is("groups"),
            missing_is_zero: is("missing_is_zero"),
        }
    }
}

/// The final grades of a class.
pub(super) struct Grades<'a> {
    pub(super) roster: &'a Roster,
    pub(super) joined: &'a Joined,
    pub(super) rules: &'a ExportRules,
    views: BTreeMap<&'a str, &'a View>,
}

impl<'a> Grades<'a> {
    pub(super) fn new(
        roster: &'a Roster,
        joined: &'a Joined,
        rules: &'a ExportRules,
        views: &'a [View],
    ) -> Self {
        let views = views.iter().map(|view| (view.name.as_str(), view)).collect();
        Self { roster, joined, rules, views }
    }

    /// Each learner with what was graded, if anything was.
    pub(super) fn all(&self) -> impl Iterator<Item = (&RosterLearner, Option<&View>, Option<Points>)> {
        self.roster.learners.iter().enumerate().map(|(place, learner)| {
            let view = self.joined.submission_of(place).and_then(|name| self.views.get(name)).copied();
            let points = match view {
                Some(view) => view.is_final().then_some(view.points),
                None => self.is_zero(place).then_some(Points::NONE),
            };
            (learner, view, points)
        })
    }

    /// Each learner who has a grade.
    pub(super) fn final_ones(&self) -> impl Iterator<Item = (&RosterLearner, Points)> {
        self.all().filter_map(|(learner, _, points)| Some((learner, points?)))
    }

    /// What can be earned.
    pub(super) fn possible(&self) -> Points {
        let possible = self.views.values().map(|view| view.possible);
        possible.fold(Points::NONE, |most, it| if it > most { it } else { most })
    }

    /// Whether no submission counts as one without points: not while any is of no known learner, who may be this one.
    fn is_zero(&self, place: usize) -> bool {
        self.rules.missing_is_zero && self.joined.unknown.is_empty() && self.joined.missing.contains(&place)
    }
}

/// A table with commas between its cells, as both platforms take it.
pub(super) fn table(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Into memory: it cannot fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
