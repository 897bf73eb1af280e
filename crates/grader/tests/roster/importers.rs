//! The imports of Moodle and Canvas, by the rules that their sources and handbooks give: what they would take of a table.

use std::collections::BTreeMap;

/// Rows of a table with commas, as both read it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.expect("a row of equal length").iter().map(str::to_owned).collect())
        .collect()
}

/// What Moodle takes of an uploaded grading worksheet: grades by the number of the participant.
///
/// It wants the columns *Identifier*, *Grade* and *Last modified (grade)*, takes the number behind "Participant ", passes over
/// rows without a grade, and over grades outside of the assignment's range.
pub fn moodle_worksheet(text: &str, enrolled: &[u32], maximum: f64) -> BTreeMap<u32, f64> {
    let mut rows = rows(text).into_iter();
    let heads = rows.next().expect("heads");
    let column = |name: &str| heads.iter().position(|head| head == name).expect(name);
    let (id, grade, _modified) = (column("Identifier"), column("Grade"), column("Last modified (grade)"));
    let mut taken = BTreeMap::new();
    for row in rows {
        let number =
            row[id].strip_prefix("Participant ").and_then(|it| it.parse().ok()).expect("a participant");
        let grade = row[grade].replace(',', ".");
        if !enrolled.contains(&number) || grade.is_empty() {
            continue;
        }
        let grade: f64 = grade.parse().expect("a number");
        if (0.0..=maximum).contains(&grade) {
            taken.insert(number, grade);
        }
    }
    taken
}

/// What Moodle's gradebook takes of *Import from CSV file*: learners by one of the columns, grades from the last one. A value
/// that is no number ends the import, an empty one or `-` takes a grade away.
pub fn moodle_gradebook(text: &str, by: &str, known: &[&str]) -> BTreeMap<String, Option<f64>> {
    let mut rows = rows(text).into_iter();
    let heads: Vec<String> = rows.next().expect("heads").iter().map(|it| it.trim().to_owned()).collect();
    let column = heads.iter().position(|head| head == by).expect(by);
    let mut taken = BTreeMap::new();
    for row in rows {
        if row[column].is_empty() {
            continue;
        }
        assert!(known.contains(&row[column].as_str()), "user mapping error: {}", row[column]);
        let value = row.last().expect("a grade").as_str();
        let grade =
            if value.is_empty() || value == "-" { None } else { Some(value.parse().expect("a number")) };
        taken.insert(row[column].clone(), grade);
    }
    taken
}

/// A learner as Canvas knows them.
pub struct CanvasStudent {
    pub id: u32,
    pub sis: &'static str,
    pub login: &'static str,
}

/// What Canvas takes: which assignment, what can be earned, and grades by the id of the learner.
pub struct CanvasImport {
    pub assignment: Result<u32, String>,
    pub possible: f64,
    pub grades: BTreeMap<u32, f64>,
}

/// What Canvas takes of an imported gradebook.
pub fn canvas(text: &str, students: &[CanvasStudent], assignments: &[(u32, &str)]) -> CanvasImport {
    let mut rows = rows(text).into_iter();
    let heads = rows.next().expect("heads");
    assert!(heads.len() > 3 && heads[0].contains("Student") && heads[1].contains("ID"), "{heads:?}");
    let mut info = 3;
    assert!(heads[2].contains("SIS User ID") && heads[3].contains("SIS Login ID"), "{heads:?}");
    info += 2 + usize::from(heads[4].contains("Integration ID"));
    assert!(heads[info - 1].contains("Section"), "invalid header row: {heads:?}");
    assert_eq!(heads.len(), info + 1, "one column of grades");
    let title = &heads[info];
    let number = title.rsplit_once(" (").and_then(|(_, it)| it.strip_suffix(')')?.parse().ok());
    let known = |number: &u32| assignments.iter().any(|(id, _)| id == number);
    let by_title = || assignments.iter().find(|(_, name)| name == title).map(|(id, _)| *id);
    let assignment = number.filter(known).or_else(by_title).ok_or_else(|| title.clone());
    let (mut possible, mut grades) = (f64::NAN, BTreeMap::new());
    for row in rows {
        if row[0].contains("Points Possible") {
            possible = row[info].parse().expect("a number");
            continue;
        }
        let student = students
            .iter()
            .find(|it| row[1].parse() == Ok(it.id))
            .or_else(|| students.iter().find(|it| !row[2].is_empty() && row[2] == it.sis))
            .or_else(|| students.iter().find(|it| !row[3].is_empty() && row[3] == it.login));
        let student = student.unwrap_or_else(|| panic!("unknown student: {row:?}"));
        assert!(!row[info].trim().is_empty(), "an empty cell takes a grade away: {row:?}");
        grades.insert(student.id, row[info].trim().parse().expect("a number"));
    }
    CanvasImport { assignment, possible, grades }
}
