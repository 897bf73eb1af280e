use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use clap::{ArgMatches, Command};

use super::context::Watching;
use super::{Context, Entry, hint, id_argument, report, test};
use crate::show::RawKeys;
use engine::catalog::Kata;
use engine::edit;
use engine::judging::interrupt;
use engine::problem::{Exit, Problem};
use protocol::KataVerdict;

pub(super) const ENTRY: Entry = Entry { describe, run };

/// How often the files are looked at.
const PERIOD: Duration = Duration::from_millis(100);

fn describe() -> Command {
    Command::new("watch").about("Judge what you work on at each save").arg(id_argument()).after_help(
        "Keys: h next hint · Enter judge again · q quit\n\nExamples:\n  cargo kata watch\n  cargo kata \
         watch dot",
    )
}

fn run(context: &Context, matches: &ArgMatches) -> Result<Exit, Problem> {
    let mut kata = match matches.get_one::<String>("id") {
        Some(asked) => Some(context.catalog.find_kata(asked, "watch")?),
        None => context.next(),
    };
    interrupt::listen();
    let raw = RawKeys::on();
    let keys = if raw.is_some() { Some(listen()) } else { None };
    let (mut times, mut texts) = (times(context), texts(context));
    judge(context, kata, keys.is_some());
    loop {
        match next_key(keys.as_ref()) {
            Some(b'q' | b'Q' | 4) => return Ok(Exit::Fine),
            Some(b'h' | b'H') => show_hint(context, kata),
            Some(b'\n' | b'\r') => judge(context, kata, keys.is_some()),
            _ => {}
        }
        if interrupt::asked() {
            return Err(Problem::Interrupted);
        }
        let mut now = self::times(context);
        if now != times {
            settle(context, &mut now);
            // Whatever was edited is what the learner works on.
            let (before, new) = (texts, self::texts(context));
            let edited = context.catalog.katas().find(|kata| before.get(&kata.id) != new.get(&kata.id));
            kata =
                edited.or_else(|| kata.filter(|kata| !is_passed(context, kata))).or_else(|| context.next());
            (times, texts) = (now, new);
            judge(context, kata, keys.is_some());
        }
    }
}

/// How long a file may be away or empty while an editor saves it.
const SAVING: Duration = Duration::from_secs(2);

/// Some editors take a file away before they write it, or empty it first: that is waited out.
fn settle(context: &Context, times: &mut Times) {
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

fn is_passed(context: &Context, kata: &Kata) -> bool {
    let known = context.known(&[kata]);
    known.iter().any(|(_, verdict)| verdict.as_ref().is_some_and(KataVerdict::is_passed))
}

fn judge(context: &Context, kata: Option<&Kata>, keys: bool) {
    let Some(kata) = kata else {
        return context.print(&format!("\n{}\n", context.style.good("Every law of every kata holds.")));
    };
    if context.style.terminal {
        context.print("\x1b[H\x1b[2J");
    }
    match context.judge(&[kata]) {
        Ok(judged) => context.print(&test::in_words_while(Watching::Yes, context, &[kata], &judged)),
        Err(problem) => report(&problem, context.style),
    }
    let footer = if keys {
        "watching katas/ · h hint · Enter again · q quit"
    } else {
        "watching katas/ · Ctrl-C ends"
    };
    context.print(&format!("\n{}\n", context.style.faint(footer)));
}

fn show_hint(context: &Context, kata: Option<&Kata>) {
    let Some(kata) = kata else { return };
    match hint::next_hint(context, kata, false) {
        Ok(hint) => context.print(&hint),
        Err(problem) => report(&problem, context.style),
    }
}

/// When each file of the learner was written, and how long it is.
type Times = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

fn times(context: &Context) -> Times {
    let mut times = Times::new();
    note_times(&context.workspace.path("katas"), &mut times);
    times
}

/// What each kata says.
fn texts(context: &Context) -> BTreeMap<String, Vec<String>> {
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

/// Keys, one by one. `q` also ends what is running.
fn listen() -> Receiver<u8> {
    let (send, keys) = channel();
    thread::spawn(move || {
        let mut key = [0];
        while matches!(stdin().read(&mut key), Ok(1)) {
            let [key] = key;
            if matches!(key, b'q' | b'Q' | 4) {
                interrupt::ask();
            }
            if send.send(key).is_err() {
                return;
            }
        }
    });
    keys
}

fn next_key(keys: Option<&Receiver<u8>>) -> Option<u8> {
    let Some(keys) = keys else {
        thread::sleep(PERIOD);
        return None;
    };
    match keys.recv_timeout(PERIOD) {
        Ok(key) => Some(key),
        Err(RecvTimeoutError::Disconnected) => Some(b'q'),
        Err(RecvTimeoutError::Timeout) => None,
    }
}
