use super::columns::RosterKind;
use super::learner::RosterLearner;
use super::table::Roster;
use crate::intake::{DownloadName, Platform};

/// Ways to know a learner by the name of a submission, the surest first: the first by which anyone is known decides.
type Way = fn(&Roster, &Name, &RosterLearner) -> bool;

const WAYS: [Way; 6] = [by_folder, by_user, by_number_or_address, by_name, by_parts, by_parts_of_the_name];

/// The name of a submission, taken apart once.
struct Name {
    whole: String,
    download: Option<DownloadName>,
    /// The words of what a learner is called in it, in lower case,
    parts: Vec<String>,
    /// and those in which a number may stand that a learning platform has not put there.
    numbers: Vec<String>,
}

/// The learners that the name of a submission may mean: one, where it is known whose it is.
pub(super) fn fitting(roster: &Roster, name: &str) -> Vec<usize> {
    let given = DownloadName::of(name);
    let numbers = words(given.as_ref().map_or(name, |it| it.who.as_str()));
    // What is left of the names of Canvas' files when several are one submission.
    let of_several = || DownloadName::of(&format!("{name}_0_file"));
    let download = given.or_else(|| of_several().filter(|_| roster.kind == RosterKind::Canvas));
    let who = download.as_ref().map_or(name, |it| it.who.as_str());
    let name = Name { whole: name.to_lowercase(), parts: words(who), numbers, download };
    for way in WAYS {
        let learners = roster.learners.iter().enumerate();
        let found: Vec<usize> =
            learners.filter(|(_, it)| way(roster, &name, it)).map(|(place, _)| place).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
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

fn is(own: &str, text: &str) -> bool {
    !own.is_empty() && own.to_lowercase() == text
}

fn by_folder(_: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let folder = learner.folder.to_lowercase();
    let bare = [".tar.gz", ".tgz", ".tar", ".zip", ".rs"].iter().find_map(|end| folder.strip_suffix(end));
    is(bare.unwrap_or(&folder), &name.whole)
}

/// By the number that the learning platform has given, where name and roster are of the same one.
fn by_user(roster: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let platform = match roster.kind {
        RosterKind::MoodleWorksheet => Platform::Moodle,
        RosterKind::Canvas => Platform::Canvas,
        RosterKind::Plain => return false,
    };
    name.download.as_ref().is_some_and(|it| it.platform == platform && is(&learner.user, &it.user))
}

fn by_number_or_address(_: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let local = learner.mail.split('@').next().unwrap_or_default();
    [learner.number.as_str(), &learner.mail, local, &learner.login].iter().any(|own| is(own, &name.whole))
}

/// By the whole name, in whatever order: `Lovelace, Ada` is `ada_lovelace`, and Canvas' `lovelaceada`.
fn by_name(_: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let own = words(&learner.name);
    if own.is_empty() {
        return false;
    }
    let (mut sorted, mut parts) = (own.clone(), name.parts.clone());
    sorted.sort();
    parts.sort();
    let last_first = match learner.name.split_once(',') {
        Some(_) => own.concat(),
        None => own.last().into_iter().chain(&own[..own.len() - 1]).map(String::as_str).collect(),
    };
    sorted == parts || name.parts.concat() == last_first
}

/// By a number, an address or a login somewhere in the name: `hw2-1234567`, `hw2-ada-l` as GitHub Classroom has it.
fn by_parts(_: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let stands_in = |own: &str| {
        let own = words(own);
        !own.is_empty() && name.numbers.windows(own.len()).any(|part| part == own)
    };
    [&learner.number, &learner.mail, &learner.login].iter().any(|own| stands_in(own))
}

/// By all parts of the name somewhere in it: `HW 2 Ada Lovelace final`.
fn by_parts_of_the_name(_: &Roster, name: &Name, learner: &RosterLearner) -> bool {
    let own = words(&learner.name);
    own.len() > 1 && own.iter().all(|word| name.parts.contains(word))
}
