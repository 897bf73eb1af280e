use std::collections::BTreeMap;
use std::path::Path;

use engine::judging::{Unreadable, unreadable};

use super::helpers::{MOST, helper_id, is_list, only_lists};
use super::limits::LONGEST;
use super::name::{is_milestone, shown};

/// A submission, read.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// The texts by the ids of their files: `m01_linear_algebra/vectors`.
    pub files: BTreeMap<String, String>,
    /// Modules of the learner's own by their paths below `katas/`: `m01_linear_algebra/helpers`.
    pub helpers: BTreeMap<String, String>,
    /// What was not taken, and why; and which of several counts.
    pub ignored: Vec<String>,
}

/// Takes what counts of a submission, file by file.
pub(super) struct Taker<'a> {
    /// The ids of the files that count.
    wanted: &'a [&'a str],
    /// Where each text lay, and how likely it is the one that is meant.
    places: BTreeMap<String, (Rank, String)>,
    pub(super) taken: Submission,
}

/// How likely a place is the one that is meant: the larger, the likelier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Not in a folder that is called a backup, a copy or the like.
    is_current: bool,
    /// Below a milestone's folder, not found by the name of the file alone.
    has_milestone: bool,
    /// `katas/` stands right before the milestone.
    is_in_katas: bool,
    /// As few folders above it as possible.
    depth: std::cmp::Reverse<usize>,
}

/// What lies below such a folder is nothing that a learner wrote for this.
const FOREIGN: [&str; 6] = ["..", "solutions", "tests", "specimens", "target", "__MACOSX"];

/// The names along a path.
fn parts(path: &Path) -> Option<Vec<&str>> {
    path.components().map(|it| it.as_os_str().to_str()).collect()
}

impl Rank {
    /// Of a file below a milestone's folder, which these lead to.
    fn of(folders: &[&str]) -> Self {
        let is_old = |name: &&str| {
            let name = name.to_lowercase();
            ["backup", "old", "copy", "kopie", ".kata"].iter().any(|word| name.contains(word))
        };
        Self {
            is_current: !folders.iter().any(is_old),
            has_milestone: true,
            is_in_katas: folders.iter().rev().nth(1) == Some(&"katas"),
            depth: std::cmp::Reverse(folders.len()),
        }
    }
}

impl<'a> Taker<'a> {
    pub(super) fn of(wanted: &'a [&'a str]) -> Self {
        Self { wanted, places: BTreeMap::new(), taken: Submission::default() }
    }

    /// The id of the file that a path in a submission names, and how likely it is meant: whatever stands before the milestone
    /// does not matter, and where there is none, the name of the file is enough if only one is called so.
    fn id(&self, path: &Path) -> Option<(String, Rank)> {
        let wanted = self.wanted;
        let (names, file) = (parts(path)?, path.file_name()?.to_str()?.strip_suffix(".rs")?);
        let folders = names.split_last().map_or(&[][..], |(_, folders)| folders);
        if names.iter().any(|it| FOREIGN.contains(it)) {
            return None;
        }
        let mut rank = Rank::of(folders);
        if let Some(milestone) = folders.last().filter(|name| is_milestone(name)) {
            let id = format!("{milestone}/{file}");
            return wanted.contains(&id.as_str()).then_some((id, rank));
        }
        let mut called_so = wanted.iter().filter(|id| id.rsplit('/').next() == Some(file));
        let (Some(id), None) = (called_so.next(), called_so.next()) else { return None };
        rank.has_milestone = false;
        Some(((*id).to_owned(), rank))
    }

    /// The id of a module that is no file of the assignment, if it may belong to one.
    fn helper(&self, path: &Path) -> Option<(String, Rank)> {
        let (names, file) = (parts(path)?, path.file_name()?.to_str()?.strip_suffix(".rs")?);
        let folders = names.split_last().map_or(&[][..], |(_, folders)| folders);
        let rank = Rank::of(folders);
        let id = helper_id(folders, file, self.wanted)?;
        (rank.is_current && !names.iter().any(|it| FOREIGN.contains(it))).then_some((id, rank))
    }

    /// Takes a module of the learner's own. One that cannot be read does not compile at home either.
    fn take_helper(&mut self, id: String, rank: Rank, bytes: Result<Vec<u8>, String>) -> Result<(), String> {
        let text = bytes.and_then(text)?;
        let id_of = |module: &str| id.strip_suffix("mod").map(|folder| format!("{folder}{module}"));
        let is_given = |module: &str| match id.as_str() {
            "mod" => is_milestone(module),
            _ => id_of(module).is_some_and(|id| self.wanted.contains(&id.as_str())),
        };
        if self.places.get(&id).is_some_and(|(known, _)| *known >= rank) {
            return Ok(());
        }
        self.taken.helpers.remove(&id);
        if is_list(&id) && only_lists(&text, &is_given) {
            return Ok(());
        }
        if self.taken.helpers.len() >= MOST {
            return Err(format!("more than {MOST} modules of the learner's own"));
        }
        self.places.insert(id.clone(), (rank, String::new()));
        self.taken.helpers.insert(id, text);
        Ok(())
    }

    /// Takes a file, or notes why not. Of several for one id the likeliest counts, and the first of equal ones.
    pub(super) fn take(&mut self, path: &Path, bytes: Result<Vec<u8>, String>) {
        let shown = shown(path);
        let Some((id, rank)) = self.id(path) else {
            if let Some((id, rank)) = self.helper(path) {
                let taken = self.take_helper(id, rank, bytes);
                let why = taken.err().filter(|_| self.taken.ignored.len() < 100);
                self.taken.ignored.extend(why.map(|why| format!("{shown}: {why}")));
                return;
            }
            if self.taken.ignored.len() < 100 && !shown.ends_with(".md") && !shown.ends_with("mod.rs") {
                self.taken.ignored.push(format!("{shown}: not of this assignment"));
            }
            return;
        };
        match bytes.and_then(text) {
            Err(why) => self.taken.ignored.push(format!("{shown}: {why}")),
            Ok(text) => match self.places.get(&id) {
                Some((known, place)) if *known >= rank => {
                    self.taken.ignored.push(format!("{shown}: submitted twice, {place} counts"));
                }
                known => {
                    if let Some((_, place)) = known {
                        self.taken.ignored.push(format!("{place}: submitted twice, {shown} counts"));
                    }
                    self.places.insert(id.clone(), (rank, shown));
                    self.taken.files.insert(id, text);
                }
            },
        }
    }
}

/// The text of a file, or why a compiler could not read it.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > LONGEST {
        return Err(format!("longer than {} KiB", LONGEST >> 10));
    }
    match unreadable(&bytes) {
        Some(Unreadable::Utf16) => return Err("saved as UTF-16, and Rust reads UTF-8".to_owned()),
        Some(Unreadable::NotUtf8 { line, byte }) => {
            return Err(format!("not UTF-8: line {line} has the byte 0x{byte:02X}, as files in Latin-1 do"));
        }
        _ => {}
    }
    String::from_utf8(bytes).map_err(|_| "not text in UTF-8".to_owned())
}
