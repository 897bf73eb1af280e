use super::columns::RosterKind;
use super::learner::RosterLearner;
use super::table::Roster;
use crate::intake::{DownloadName, Platform};

/// Ways to know a learner by the name of a submission, the surest first: the first by which anyone is known decides.
type Way = fn(RosterKind, &Name, &Known<'_>) -> bool;

const WAYS: [Way; 6] = [by_folder, by_user, by_number_or_address, by_name, by_parts, by_parts_of_the_name];

/// The name of a submission, taken apart once.
struct Name {
    whole: String,
    download: Option<DownloadName>,
    /// The words of what a learner is called in it, in lower case,
    parts: Vec<String>,
    /// in the order of the alphabet,
    sorted: Vec<String>,
    /// and those in which a number may stand that a learning platform has not put there.
    numbers: Vec<String>,
}

/// A learner, taken apart once.
struct Known<'a> {
    learner: &'a RosterLearner,
    folder: String,
    /// Number, address, the part of it before the @, and login, in lower case.
    exact: Vec<String>,
    /// The words of number, address and login.
    parts: Vec<Vec<String>>,
    /// The words of the name,
    name: Vec<String>,
    /// in the order of the alphabet,
    sorted: Vec<String>,
    /// and as one word with the last name first.
    last_first: String,
}

/// The learners of a roster, ready to be looked for.
pub(super) struct KnownLearners<'a> {
    kind: RosterKind,
    learners: Vec<Known<'a>>,
}

impl<'a> KnownLearners<'a> {
    pub(super) fn new(roster: &'a Roster) -> Self {
        Self { kind: roster.kind, learners: roster.learners.iter().map(Known::new).collect() }
    }

    /// The learners that the name of a submission may mean: one, where it is known whose it is.
    pub(super) fn fitting(&self, name: &str) -> Vec<usize> {
        let name = Name::new(name, self.kind);
        for way in WAYS {
            let learners = self.learners.iter().enumerate();
            let found: Vec<usize> =
                learners.filter(|(_, it)| way(self.kind, &name, it)).map(|(place, _)| place).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

impl Name {
    fn new(name: &str, kind: RosterKind) -> Self {
        let given = DownloadName::of(name);
        let numbers = words(given.as_ref().map_or(name, |it| it.who.as_str()));
        // What is left of the names of Canvas' files when several are one submission.
        let of_several = || DownloadName::of(&format!("{name}_0_file"));
        let download = given.or_else(|| of_several().filter(|_| kind == RosterKind::Canvas));
        let parts = words(download.as_ref().map_or(name, |it| it.who.as_str()));
        let mut sorted = parts.clone();
        sorted.sort();
        Self { whole: name.to_lowercase(), download, parts, sorted, numbers }
    }
}

impl<'a> Known<'a> {
    fn new(learner: &'a RosterLearner) -> Self {
        let folder = learner.folder.to_lowercase();
        let bare = [".tar.gz", ".tgz", ".tar", ".zip", ".rs"].iter().find_map(|end| folder.strip_suffix(end));
        let local = learner.mail.split('@').next().unwrap_or_default();
        let exact = [learner.number.as_str(), &learner.mail, local, &learner.login];
        let exact = exact.iter().filter(|it| !it.is_empty()).map(|it| it.to_lowercase());
        let parts = [&learner.number, &learner.mail, &learner.login].into_iter().map(|it| words(it));
        let name = words(&learner.name);
        let mut sorted = name.clone();
        sorted.sort();
        let last_first = match name.split_last() {
            Some((last, first)) if !learner.name.contains(',') => format!("{last}{}", first.concat()),
            _ => name.concat(),
        };
        Self {
            learner,
            folder: bare.unwrap_or(&folder).to_owned(),
            exact: exact.collect(),
            parts: parts.filter(|it| !it.is_empty()).collect(),
            name,
            sorted,
            last_first,
        }
    }
}

/// The group that the name of a submission means, where submissions are of groups.
pub(super) fn group(name: &str) -> String {
    let who = DownloadName::of(name).map_or_else(|| name.to_owned(), |it| it.who);
    words(&who).join(" ")
}

/// The words and numbers of a text, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn by_folder(_: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    !known.folder.is_empty() && known.folder == name.whole
}

/// By the number that the learning platform has given, where name and roster are of the same one.
fn by_user(kind: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    let platform = match kind {
        RosterKind::MoodleWorksheet => Platform::Moodle,
        RosterKind::Canvas => Platform::Canvas,
        RosterKind::Plain => return false,
    };
    name.download.as_ref().is_some_and(|it| it.platform == platform && it.user == known.learner.user)
}

fn by_number_or_address(_: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    known.exact.contains(&name.whole)
}

/// By the whole name, in whatever order: `Lovelace, Ada` is `ada_lovelace`, and Canvas' `lovelaceada`.
fn by_name(_: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    !known.name.is_empty() && (known.sorted == name.sorted || name.parts.concat() == known.last_first)
}

/// By a number, an address or a login somewhere in the name: `hw2-1234567`, `hw2-ada-l` as GitHub Classroom has it.
fn by_parts(_: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    known.parts.iter().any(|own| name.numbers.windows(own.len()).any(|part| part == own))
}

/// By all parts of the name somewhere in it: `HW 2 Ada Lovelace final`.
fn by_parts_of_the_name(_: RosterKind, name: &Name, known: &Known<'_>) -> bool {
    known.name.len() > 1 && known.name.iter().all(|word| name.parts.contains(word))
}
