//! Moodle. Its grading worksheet is given back with the grades in it (Assignment, *Upload grading worksheet*): Moodle looks
//! for the columns *Identifier*, *Grade* and *Last modified (grade)*, passes over rows without a grade, and passes over a
//! grade above the maximum without a word. Another roster becomes a table for *Import from CSV file* of the gradebook,
//! where learners are known by ID number, mail address or user name.

use super::grades::{Grades, table};
use crate::report::csv::no_formula;
use crate::roster::RosterKind;
use crate::rules::Points;

/// The table, if the roster has what Moodle knows learners by, and what an instructor should know about it.
pub(super) fn export(grades: &Grades<'_>) -> Option<(String, Vec<String>)> {
    match grades.roster.kind {
        RosterKind::MoodleWorksheet => Some(worksheet(grades)),
        RosterKind::Plain => gradebook(grades).map(|text| (text, Vec::new())),
        RosterKind::Canvas => None,
    }
}

fn worksheet(grades: &Grades<'_>) -> (String, Vec<String>) {
    let columns = &grades.roster.columns;
    let mut remarks = Vec::new();
    let maximum = grades.roster.learners.iter().find_map(|learner| {
        let text = learner.cells.get(columns.maximum?)?.replace(',', ".");
        text.trim().parse().ok().map(Points)
    });
    if let Some(maximum) = maximum.filter(|maximum| *maximum != grades.possible()) {
        remarks.push(format!(
            "Moodle's maximum grade is {maximum}, and {} points are possible. Moodle passes over grades \
             above its maximum: write `total = {maximum}` below [points] in the assignment file, or change \
             it in Moodle.",
            grades.possible()
        ));
    }
    let above: Vec<&str> = grades
        .final_ones()
        .filter(|(_, points)| maximum.is_some_and(|maximum| *points > maximum))
        .map(|(learner, _)| learner.called())
        .collect();
    if !above.is_empty() {
        remarks.push(format!(
            "Moodle passes over these, whose grades are above its maximum: {}",
            above.join(", ")
        ));
    }
    let rows = grades.final_ones().map(|(learner, points)| {
        let cell = |(place, cell): (usize, &String)| match Some(place) {
            it if it == columns.grade => points.to_string(),
            _ => no_formula(cell),
        };
        let mut cells: Vec<String> = learner.cells.iter().enumerate().map(cell).collect();
        cells.resize(grades.roster.heads.len(), String::new());
        cells
    });
    (table(std::iter::once(grades.roster.heads.clone()).chain(rows)), remarks)
}

fn gradebook(grades: &Grades<'_>) -> Option<String> {
    let columns = &grades.roster.columns;
    let known = [("ID number", columns.number), ("Email address", columns.mail), ("Username", columns.login)];
    let known: Vec<_> = known.into_iter().filter_map(|(head, place)| Some((head, place?))).collect();
    if known.is_empty() {
        return None;
    }
    let heads = known.iter().map(|(head, _)| (*head).to_owned()).chain([grades.rules.title.clone()]);
    let rows = grades.final_ones().map(|(learner, points)| {
        let cell = |place: usize| no_formula(learner.cells.get(place).map_or("", |it| it.trim()));
        known.iter().map(|(_, place)| cell(*place)).chain([points.to_string()]).collect()
    });
    Some(table(std::iter::once(heads.collect()).chain(rows)))
}
