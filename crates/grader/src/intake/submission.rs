use std::collections::BTreeMap;
use std::path::Path;

use engine::judging::{Unreadable, unreadable};

use super::limits::LONGEST;
use super::name::{is_milestone, shown};

/// A submission, read.
#[derive(Debug, Default)]
pub struct Submission {
    /// The texts by the ids of their files: `m01_linear_algebra/vectors`.
    pub files: BTreeMap<String, String>,
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

impl<'a> Taker<'a> {
    pub(super) fn of(wanted: &'a [&'a str]) -> Self {
        Self { wanted, places: BTreeMap::new(), taken: Submission::default() }
    }

    /// The id of the file that a path in a submission names, and how likely it is meant: whatever stands before the milestone
    /// does not matter, and where there is none, the name of the file is enough if only one is called so.
    fn id(&self, path: &Path) -> Option<(String, Rank)> {
        let wanted = self.wanted;
        let names: Vec<_> = path.components().map(|it| it.as_os_str().to_str()).collect::<Option<_>>()?;
        let [folders @ .., file] = names.as_slice() else { return None };
        let file = file.strip_suffix(".rs")?;
        if names.iter().any(|it| ["..", "solutions", "tests", "specimens", "target", "__MACOSX"].contains(it))
        {
            return None;
        }
        let is_old = |name: &&str| {
            let name = name.to_lowercase();
            ["backup", "old", "copy", "kopie", ".kata"].iter().any(|word| name.contains(word))
        };
        let mut rank = Rank {
            is_current: !folders.iter().any(is_old),
            has_milestone: true,
            is_in_katas: folders.iter().rev().nth(1) == Some(&"katas"),
            depth: std::cmp::Reverse(folders.len()),
        };
        if let Some(milestone) = folders.last().filter(|name| is_milestone(name)) {
            let id = format!("{milestone}/{file}");
            return wanted.contains(&id.as_str()).then_some((id, rank));
        }
        let mut called_so = wanted.iter().filter(|id| id.rsplit('/').next() == Some(file));
        let (Some(id), None) = (called_so.next(), called_so.next()) else { return None };
        rank.has_milestone = false;
        Some(((*id).to_owned(), rank))
    }

    /// Takes a file, or notes why not. Of several for one id the likeliest counts, and the first of equal ones.
    pub(super) fn take(&mut self, path: &Path, bytes: Result<Vec<u8>, String>) {
        let shown = shown(path);
        let Some((id, rank)) = self.id(path) else {
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
