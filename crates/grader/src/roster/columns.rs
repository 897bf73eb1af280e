/// What the columns of a roster are, by their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Student number.
    pub number: Option<usize>,
    /// Mail address.
    pub mail: Option<usize>,
    /// Whole name,
    pub name: Option<usize>,
    /// or first name,
    pub first: Option<usize>,
    /// and last name.
    pub last: Option<usize>,
    /// Login: Canvas' or the university's, or GitHub's.
    pub login: Option<usize>,
    /// Name of the folder or file that was submitted.
    pub folder: Option<usize>,
    /// Group.
    pub group: Option<usize>,
    /// Time of submission.
    pub submitted: Option<usize>,
    /// Number of the user on the learning platform.
    pub user: Option<usize>,
    /// Points, in a grading worksheet of Moodle,
    pub grade: Option<usize>,
    /// the most that Moodle accepts,
    pub maximum: Option<usize>,
    /// and whether Moodle lets it be changed.
    pub changeable: Option<usize>,
}

/// Where a roster comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterKind {
    /// Moodle's grading worksheet, which is given back with its grades.
    MoodleWorksheet,
    /// Canvas' gradebook, which is given back with one column of grades.
    Canvas,
    /// Any other table.
    Plain,
}

type Place = fn(&mut Columns) -> &mut Option<usize>;

/// The heads by which a column is known, in lower case; the first column with one of them counts.
const HEADS: [(Place, &[&str]); 13] = [
    (
        |it| &mut it.number,
        &[
            "student number",
            "student id",
            "number",
            "matriculation number",
            "matrikelnummer",
            "id number",
            "id-nummer",
            "sis user id",
        ],
    ),
    (|it| &mut it.mail, &["email address", "email", "e-mail", "mail", "e-mail address", "e-mail-adresse"]),
    (|it| &mut it.name, &["full name", "name", "student", "learner", "vollständiger name"]),
    (|it| &mut it.first, &["first name", "firstname", "given name", "vorname"]),
    (|it| &mut it.last, &["last name", "lastname", "surname", "family name", "nachname"]),
    (|it| &mut it.login, &["sis login id", "username", "login", "github_username", "github", "anmeldename"]),
    (|it| &mut it.folder, &["folder", "submission", "repository", "file"]),
    (|it| &mut it.group, &["group", "groups", "team", "gruppe", "gruppen"]),
    (|it| &mut it.submitted, &["submitted", "time of submission", "last modified (submission)"]),
    (|it| &mut it.user, &["identifier", "teilnehmernummer"]),
    (|it| &mut it.grade, &["grade", "bewertung"]),
    (|it| &mut it.maximum, &["maximum grade", "bestwertung"]),
    (|it| &mut it.changeable, &["grade can be changed", "bewertung kann geändert werden"]),
];

impl Columns {
    /// Reads the heads of a table, and where it comes from.
    #[must_use]
    pub fn of(heads: &[String]) -> (Self, RosterKind) {
        let heads: Vec<String> = heads.iter().map(|head| head.trim().to_lowercase()).collect();
        let mut columns = Self::default();
        for (place, names) in HEADS {
            *place(&mut columns) = heads.iter().position(|head| names.contains(&head.as_str()));
        }
        let has = |name: &str| heads.iter().position(|head| head == name);
        if heads.first().is_some_and(|it| it == "student") && has("id") == Some(1) && has("section").is_some()
        {
            columns.user = has("id");
            return (columns, RosterKind::Canvas);
        }
        // Without the number of the participant Moodle takes no worksheet back.
        if columns.user.is_some() && columns.grade.is_some() {
            return (columns, RosterKind::MoodleWorksheet);
        }
        // GitHub Classroom's roster names whatever the course chose so.
        columns.number = columns.number.or(columns.user.take()).or(has("id"));
        (columns, RosterKind::Plain)
    }

    /// Whether a learner can be known by any of them.
    #[must_use]
    pub fn know_learners(&self) -> bool {
        let whole = self.first.is_some() && self.last.is_some();
        let by = [self.number, self.mail, self.name, self.login, self.folder];
        whole || by.iter().any(Option::is_some)
    }
}
