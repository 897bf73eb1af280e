//! What the learner saves: when each file was written, and what each kata says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::keys::PERIOD;
use crate::commands::Context;
use engine::edit;
use engine::judging::interrupt;

/// How long a file may be away or empty while an editor saves it.
const SAVING: Duration = Duration::from_secs(2);

/// Some editors take a file away before they write it, or empty it first: that is waited out.
pub(super) fn settle(context: &Context, times: &mut Times) {
    let since = Instant::now();
    let is_whole = |times: &Times| {
        let paths = context.catalog.files().map(|file| format!("katas/{}.rs", file.id));
        let lengths =
            paths.map(|path| times.get(&context.workspace.path(path)).map_or(0, |(_, length)| *length));
        lengths.min().is_some_and(|least| least > 0)
    };
    while !is_whole(times) && since.elapsed() < SAVING && !interrupt::asked() {
        thread::sleep(PERIOD);
        *times = self::times(context);
    }
}

/// When each file of the learner was written, and how long it is.
pub(super) type Times = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

pub(super) fn times(context: &Context) -> Times {
    let mut times = Times::new();
    note_times(&context.workspace.path("katas"), &mut times);
    times
}

/// What each kata says.
pub(super) fn texts(context: &Context) -> BTreeMap<String, Vec<String>> {
    let files = context.catalog.files().filter_map(|file| Some((file, file.katas.first()?)));
    let texts = files.flat_map(|(file, first)| {
        let text = context.learners_text(first);
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
