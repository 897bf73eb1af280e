//! A table for the instructor: a line per learner of the roster, with or without a submission.

use super::grades::{Grades, table};
use crate::report::csv::no_formula;

const HEADS: [&str; 10] = [
    "name",
    "student number",
    "email",
    "group",
    "submission",
    "verdict",
    "points",
    "possible",
    "late",
    "note",
];

pub(super) fn export(grades: &Grades<'_>) -> String {
    let rows = grades.all().enumerate().map(|(place, (learner, view, points))| {
        let twice = grades.joined.twice.iter().find(|(twice, _)| *twice == place).map(|(_, names)| names);
        let verdict = match (view, twice) {
            (Some(view), _) => view.verdict.word(),
            (None, Some(_)) => "submitted twice",
            (None, None) => "not submitted",
        };
        let submission = match twice {
            Some(names) => names.join("; "),
            None => view.map_or_else(String::new, |view| view.name.clone()),
        };
        let late = view.and_then(|view| view.dates.as_ref()).map_or("", |dates| dates.why.as_str());
        let note = view.and_then(|view| view.set.as_ref()).map_or("", |set| set.note.as_str());
        let possible = points.map(|_| grades.possible().to_string()).unwrap_or_default();
        let points = points.map(|it| it.to_string()).unwrap_or_default();
        let cells = [
            learner.called(),
            &learner.number,
            &learner.mail,
            &learner.group,
            &submission,
            verdict,
            &points,
            &possible,
            late,
            note,
        ];
        cells.iter().map(|cell| no_formula(cell)).collect()
    });
    table(std::iter::once(HEADS.map(ToOwned::to_owned).to_vec()).chain(rows))
}
