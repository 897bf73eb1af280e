use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use engine::judging::{Unreadable, unreadable};
use engine::problem::{Doing, Problem};

use super::columns::{Columns, RosterKind};
use super::learner::RosterLearner;

/// The learners of a course, read from a table.
#[derive(Debug, Clone)]
pub struct Roster {
    /// Its file.
    pub path: PathBuf,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// What they are.
    pub columns: Columns,
    /// Where it comes from.
    pub kind: RosterKind,
    /// Each learner, in order.
    pub learners: Vec<RosterLearner>,
    /// What Canvas says can be earned in each column.
    pub possible: Vec<String>,
}

const FORMS: &str = "A roster is a table (CSV in UTF-8) with heads such as `student number`, `name`, \
                     `email`, `login`, `folder`, `group` and `submitted`,\nor Moodle's grading worksheet, or \
                     Canvas' gradebook as they are exported.";

impl Roster {
    /// Reads a roster.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be read, [`Problem::Usage`] with the line of what is wrong in it.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let bytes = fs::read(path).doing("read", path)?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map_or(bytes.clone(), <[u8]>::to_vec);
        let wrong = |line: usize, what: &str, remedy: &str| Problem::Usage {
            what: format!("{}:{line}: {what}", path.display()),
            remedy: remedy.to_owned(),
        };
        let remedy = "Save it as CSV in UTF-8; spreadsheets ask for it where they save or export.";
        match unreadable(&bytes) {
            Some(Unreadable::Utf16) => return Err(wrong(1, "it is saved as UTF-16", remedy)),
            Some(Unreadable::NotUtf8 { line, byte }) => {
                return Err(wrong(line, &format!("the byte 0x{byte:02X} is not UTF-8"), remedy));
            }
            _ => {}
        }
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |separator: &u8| first.iter().filter(|byte| *byte == separator).count();
        let separator = *[b',', b';', b'\t'].iter().max_by_key(|it| count(it)).unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new();
        let mut reader =
            reader.delimiter(separator).flexible(true).has_headers(false).from_reader(bytes.as_slice());
        let mut rows = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| wrong(1 + rows.len(), &error.to_string(), FORMS))?;
            let line = row.position().map_or(0, csv::Position::line);
            rows.push((line as usize, row.iter().map(ToOwned::to_owned).collect::<Vec<String>>()));
        }
        let mut rows = rows.into_iter();
        let Some((_, heads)) = rows.next() else { return Err(wrong(1, "it is empty", FORMS)) };
        let (columns, kind) = Columns::of(&heads);
        if !columns.know_learners() {
            let what = format!("no column says who a learner is: {}", heads.join(", "));
            return Err(wrong(1, &what, FORMS));
        }
        let is_possible = |cells: &[String]| cells.first().is_some_and(|it| it.contains("Points Possible"));
        let (mut learners, mut possible) = (Vec::new(), Vec::new());
        for (line, cells) in rows {
            if kind == RosterKind::Canvas && is_possible(&cells) {
                possible = cells;
                continue;
            }
            let learner = learner(&columns, kind, line, cells);
            // Canvas has rows that say which grades are posted, and a student to try things with.
            let is_one = !learner.name.is_empty() && learner.name != "Student, Test";
            let is_known =
                learner.cells.iter().any(|it| !it.trim().is_empty()) && learner.called() != "unnamed";
            if is_known && (kind != RosterKind::Canvas || is_one) {
                learners.push(learner);
            }
        }
        if learners.is_empty() {
            return Err(wrong(1, "it has no learner", FORMS));
        }
        let roster = Self { path: path.to_owned(), heads, columns, kind, learners, possible };
        roster.no_one_is_listed_twice()?;
        Ok(roster)
    }

    /// Two rows of one learner would be two grades.
    fn no_one_is_listed_twice(&self) -> Result<(), Problem> {
        type Field = fn(&RosterLearner) -> &String;
        let fields: [(&str, Field); 4] = [
            ("the student number", |it| &it.number),
            ("the mail address", |it| &it.mail),
            ("the login", |it| &it.login),
            ("the folder", |it| &it.folder),
        ];
        for (what, field) in fields {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for learner in self.learners.iter().filter(|it| !field(it).is_empty()) {
                if let Some(line) = seen.insert(field(learner).to_lowercase(), learner.line) {
                    let value = field(learner);
                    return Err(Problem::Usage {
                        what: format!(
                            "{}:{}: {what} {value} stands in line {line} too",
                            self.path.display(),
                            learner.line
                        ),
                        remedy: "Take one of the lines away.".to_owned(),
                    });
                }
            }
        }
        Ok(())
    }
}

fn learner(columns: &Columns, kind: RosterKind, line: usize, cells: Vec<String>) -> RosterLearner {
    let cell =
        |place: Option<usize>| place.and_then(|place| cells.get(place)).map_or("", |it| it.trim()).to_owned();
    let whole = format!("{} {}", cell(columns.first), cell(columns.last));
    let name = if columns.name.is_some() { cell(columns.name) } else { whole.trim().to_owned() };
    let user = cell(columns.user);
    // `Participant 123`, in whatever language.
    let digits = user.len() - user.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let user =
        if kind == RosterKind::MoodleWorksheet { user[user.len() - digits..].to_owned() } else { user };
    let submitted = cell(columns.submitted);
    RosterLearner {
        number: cell(columns.number),
        name,
        mail: cell(columns.mail),
        login: cell(columns.login),
        folder: cell(columns.folder),
        group: cell(columns.group),
        // Moodle's way to say that there is nothing.
        submitted: if submitted == "-" { String::new() } else { submitted },
        user,
        line,
        cells,
    }
}
