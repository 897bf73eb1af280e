use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use engine::catalog::{Catalog, Selection};
use engine::problem::Problem;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::choice::positive;
use super::date::Moment;
use super::points::Points;
use super::source::Located;
use super::toml_text::parse;

const FORM: &str = "The book's chapter on grading shows what a file of overrides may hold.";
/// A note is for learners, who read it on their page.
const NOTE: &str = "Write why in a sentence: the learner reads it.";

/// Points that an instructor set by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// For this kata; `None` for the submission as a whole.
    pub kata: Option<String>,
    /// The points.
    pub points: Points,
    /// Why.
    pub note: String,
}

/// A file of overrides: a file of the instructor, which no run of the grader writes.
#[derive(Debug, Clone)]
pub struct OverridesFile {
    file: Located,
    overrides: Vec<(Spanned<String>, Override)>,
    extensions: Vec<(Spanned<String>, (Moment, String))>,
}

/// Which submission is meant by a name, a student number or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// The one of this name.
    Submission(String),
    /// That of a learner of the roster who submitted nothing.
    NotSubmitted,
    /// None that is known.
    Unknown,
}

/// Something for each submission that has it, by name.
pub type BySubmission<T> = BTreeMap<String, T>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverridesText {
    #[serde(default, rename = "override")]
    overrides: Vec<OverrideText>,
    #[serde(default, rename = "extension")]
    extensions: Vec<ExtensionText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverrideText {
    submission: Spanned<String>,
    kata: Option<Spanned<String>>,
    points: Spanned<f64>,
    note: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionText {
    submission: Spanned<String>,
    due: Spanned<Datetime>,
    note: Spanned<String>,
}

impl OverridesFile {
    /// Reads a file of overrides.
    ///
    /// # Errors
    ///
    /// [`Problem::File`] if it cannot be read, [`Problem::Usage`] with the line of what is wrong in it.
    pub fn read(path: &Path, catalog: &Catalog) -> Result<Self, Problem> {
        Self::of(Located::read(path)?, catalog)
    }

    /// Reads the text of a file of overrides.
    ///
    /// # Errors
    ///
    /// As [`OverridesFile::read`].
    pub fn of(file: Located, catalog: &Catalog) -> Result<Self, Problem> {
        let text: OverridesText = parse(&file, FORM)?;
        let note = |note: &Spanned<String>| match note.get_ref().trim() {
            "" => Err(file.wrong(note.span(), "the note is empty", NOTE)),
            note => Ok(note.to_owned()),
        };
        let mut overrides = Vec::new();
        for it in &text.overrides {
            let kata = it.kata.as_ref().map(|kata| self::kata(&file, catalog, kata)).transpose()?;
            let points = Points(*positive(&file, &it.points, "`points`")?);
            overrides.push((it.submission.clone(), Override { kata, points, note: note(&it.note)? }));
        }
        let mut extensions = Vec::new();
        for it in &text.extensions {
            let text = it.due.get_ref().to_string();
            let due = Moment::with_offset(&text).ok_or_else(|| {
                let what = format!("{text} does not say in which time zone");
                file.wrong(it.due.span(), &what, "Write the offset from UTC behind it, such as +01:00.")
            })?;
            extensions.push((it.submission.clone(), (due, note(&it.note)?)));
        }
        Ok(Self { file, overrides, extensions })
    }

    /// Rejects overrides of katas that are not graded: they would be lost silently.
    ///
    /// # Errors
    ///
    /// [`Problem::Usage`] with the line of the first one.
    pub fn only(&self, is_graded: &dyn Fn(&str) -> bool) -> Result<(), Problem> {
        let is_other =
            |it: &&(Spanned<String>, Override)| it.1.kata.as_deref().is_some_and(|id| !is_graded(id));
        let Some((who, it)) = self.overrides.iter().find(is_other) else { return Ok(()) };
        let what = format!("{} is no kata of this assignment", it.kata.as_deref().unwrap_or_default());
        Err(self.file.wrong(who.span(), &what, "Name one of its katas, or leave `kata` out for all points."))
    }

    /// What is set by hand for each submission; `find` knows which one is meant by a name, a number or an address.
    ///
    /// # Errors
    ///
    /// [`Problem::Usage`] where no submission is meant, or where one place is set twice: an override that is lost
    /// silently would be a wrong grade.
    pub fn overrides(&self, find: &dyn Fn(&str) -> Meant) -> Result<BySubmission<Vec<Override>>, Problem> {
        let mut found: BySubmission<Vec<Override>> = BTreeMap::new();
        for (who, it) in &self.overrides {
            let name = match find(who.get_ref()) {
                Meant::Submission(name) => name,
                Meant::NotSubmitted => {
                    let what = format!("{} submitted nothing", who.get_ref());
                    let remedy = "Points can be set for a submission; enter these where you keep the marks.";
                    return Err(self.file.wrong(who.span(), &what, remedy));
                }
                Meant::Unknown => return Err(self.unknown(who)),
            };
            let all = found.entry(name).or_default();
            if all.iter().any(|other| other.kata == it.kata) {
                return Err(self.twice(who.span()));
            }
            all.push(it.clone());
        }
        Ok(found)
    }

    /// The later dates, for each submission that has one.
    ///
    /// # Errors
    ///
    /// As [`OverridesFile::overrides`].
    pub fn extensions(
        &self,
        find: &dyn Fn(&str) -> Meant,
    ) -> Result<BySubmission<(Moment, String)>, Problem> {
        let mut found = BTreeMap::new();
        for (who, it) in &self.extensions {
            let name = match find(who.get_ref()) {
                Meant::Submission(name) => name,
                Meant::NotSubmitted => continue,
                Meant::Unknown => return Err(self.unknown(who)),
            };
            if found.insert(name, it.clone()).is_some() {
                return Err(self.twice(who.span()));
            }
        }
        Ok(found)
    }

    /// Rejects later dates where there is no date.
    ///
    /// # Errors
    ///
    /// [`Problem::Usage`] with the line of the first one.
    pub fn no_extension(&self) -> Result<(), Problem> {
        let Some((who, _)) = self.extensions.first() else { return Ok(()) };
        let remedy = "Write `due = …` in the assignment file, or take the extension away.";
        Err(self.file.wrong(who.span(), "an extension of an assignment that has no due date", remedy))
    }

    fn unknown(&self, who: &Spanned<String>) -> Problem {
        let what = format!("no submission is called `{}`", who.get_ref());
        let remedy = "Write its name as the class page shows it, or what the roster has of its learner.";
        self.file.wrong(who.span(), &what, remedy)
    }

    fn twice(&self, at: Range<usize>) -> Problem {
        self.file.wrong(at, "this is set twice", "Leave one of them.")
    }
}

fn kata(file: &Located, catalog: &Catalog, id: &Spanned<String>) -> Result<String, Problem> {
    let wrong = |what: &str, remedy: &str| Err(file.wrong(id.span(), what, remedy));
    match catalog.find(id.get_ref()) {
        Ok(Selection::Kata(kata)) => Ok(kata.id.clone()),
        Ok(_) => wrong(&format!("`{}` is not one kata", id.get_ref()), "Name a kata, such as vectors/dot."),
        Err(problem) => wrong(&problem.to_string(), &problem.remedy().join("\n")),
    }
}
