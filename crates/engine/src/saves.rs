//! What the learner saves: when each file was written, and what each kata says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::course::Course;
use crate::edit;
use crate::judging::interrupt;

/// How often one looks whether something was saved.
pub const PERIOD: Duration = Duration::from_millis(100);

/// How long a file may be away or empty while an editor saves it.
const SAVING: Duration = Duration::from_secs(2);

/// Some editors take a file away before they write it, or empty it first: that is waited out.
pub fn settle(course: &Course, times: &mut Times) {
    let since = Instant::now();
    let is_whole = |times: &Times| {
        let paths = course.catalog.files().map(|file| format!("katas/{}.rs", file.id));
        let lengths =
            paths.map(|path| times.get(&course.workspace.path(path)).map_or(0, |(_, length)| *length));
        lengths.min().is_some_and(|least| least > 0)
    };
    while !is_whole(times) && since.elapsed() < SAVING && !interrupt::asked() {
        thread::sleep(PERIOD);
        *times = self::times(course);
    }
}

/// When each file of the learner was written, and how long it is.
pub type Times = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// How the files of the learner stand now.
#[must_use]
pub fn times(course: &Course) -> Times {
    let mut times = Times::new();
    note_times(&course.workspace.path("katas"), &mut times);
    times
}

/// What each kata says.
#[must_use]
pub fn texts(course: &Course) -> BTreeMap<String, Vec<String>> {
    let files = course.catalog.files().filter_map(|file| Some((file, file.katas.first()?)));
    let texts = files.flat_map(|(file, first)| {
        let text = course.learners_text(first);
        file.katas.iter().map(|kata| (kata.id.clone(), edit::shown(&text, kata))).collect::<Vec<_>>()
    });
    texts.collect()
}

fn note_times(folder: &Path, times: &mut Times) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            note_times(&path, times);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && let Ok(file) = fs::metadata(&path)
        {
            times.insert(path, (file.modified().ok(), file.len()));
        }
    }
}
