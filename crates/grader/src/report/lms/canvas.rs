//! Canvas: a table for *Import* of the gradebook. It begins with the columns Student, ID, SIS User ID, SIS Login ID and
//! Section; a learner is known by the first of the three numbers that is there. A column `Title (1234)` or of the
//! assignment's title is that assignment, any other makes a new one. An empty cell would take a grade away, so a learner
//! without a grade has no row.

use super::grades::{Grades, table};
use crate::report::csv::no_formula;
use crate::roster::RosterKind;

/// The columns that Canvas wants of a learner.
const HEADS: [&str; 5] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

/// The table, if the roster has what Canvas knows learners by, and what an instructor should know about it.
pub(super) fn export(grades: &Grades<'_>) -> Option<(String, Vec<String>)> {
    match grades.roster.kind {
        RosterKind::Canvas => Some(gradebook(grades)),
        RosterKind::Plain => from_numbers(grades).map(|text| (text, Vec::new())),
        RosterKind::MoodleWorksheet => None,
    }
}

fn gradebook(grades: &Grades<'_>) -> (String, Vec<String>) {
    let heads = &grades.roster.heads;
    let section = heads.iter().position(|head| head.trim().eq_ignore_ascii_case("section"));
    let own = section.map_or(HEADS.len(), |place| place + 1);
    let wanted = grades.rules.canvas.as_deref().unwrap_or(&grades.rules.title);
    let is_column = |head: &&String| {
        let number = head.strip_prefix(wanted).and_then(|it| it.trim().strip_prefix('(')?.strip_suffix(')'));
        **head == wanted || number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let column = heads.iter().skip(own).find(is_column);
    let place = column.and_then(|column| heads.iter().position(|head| head == column));
    let before = place.and_then(|place| grades.roster.possible.get(place)).map(|it| it.trim());
    let possible = grades.possible().to_string();
    let mut remarks = Vec::new();
    if let Some(before) = before.filter(|before| before.parse() != Ok(grades.possible().0)) {
        remarks.push(format!(
            "Canvas has {before} points for this assignment, and {possible} are possible. The import changes \
             that to {possible}: write `total = {before}` below [points] in the assignment file to keep it."
        ));
    }
    if column.is_none() {
        remarks.push(format!(
            "Canvas' gradebook has no column `{wanted}`: the import makes a new assignment. `canvas = \
             \"Title (1234)\"` in the assignment file names the one that is there."
        ));
    }
    let head = heads.iter().take(own).cloned().chain([column.map_or(wanted, |it| it).to_owned()]);
    let mut points_possible = vec![String::new(); own];
    points_possible[0] = "    Points Possible".to_owned();
    points_possible.push(possible);
    let rows = grades.final_ones().map(|(learner, points)| {
        let cells = learner.cells.iter().take(own).map(|cell| no_formula(cell));
        cells.chain([points.to_string()]).collect()
    });
    (table([head.collect(), points_possible].into_iter().chain(rows)), remarks)
}

/// By student number and login, which the university gives to Canvas as SIS ids.
fn from_numbers(grades: &Grades<'_>) -> Option<String> {
    let columns = &grades.roster.columns;
    columns.number.or(columns.login)?;
    let name = grades.rules.canvas.as_ref().unwrap_or(&grades.rules.title).clone();
    let head = HEADS.map(ToOwned::to_owned).into_iter().chain([name]).collect();
    let mut possible = vec![String::new(); HEADS.len()];
    possible[0] = "    Points Possible".to_owned();
    possible.push(grades.possible().to_string());
    let rows = grades.final_ones().map(|(learner, points)| {
        let cells = [learner.name.as_str(), "", &learner.number, &learner.login, ""];
        cells.iter().map(|cell| no_formula(cell)).chain([points.to_string()]).collect()
    });
    Some(table([head, possible].into_iter().chain(rows)))
}
