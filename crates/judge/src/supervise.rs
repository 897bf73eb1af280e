//! Watching over a law at work: a call that does not come back, or uses more than it may, is a verdict too.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{env, panic, process, thread};

use crate::broken::{Broken, Kind};
use crate::drawn::Input;
use crate::elsewhere::Granted;
use crate::inputs::with_names;
use crate::inside;
use crate::limits;
use crate::record::Record;
use crate::starved::Clock;

/// As much as the main thread of a program has on most systems.
const STACK: usize = 8 << 20;

/// The input at work and since when, for a call that does not come back.
pub(crate) type Current = Arc<Mutex<Option<(Instant, Input)>>>;

/// Lets a law do its work and fails the test if it is broken.
///
/// # Panics
///
/// If it is: that is how a test fails.
pub(crate) fn supervise(
    id: &'static str,
    names: &'static str,
    allowed: Duration,
    work: impl FnOnce(&Current, &Granted) -> Record + Send + 'static,
) {
    let current: Current = Arc::default();
    let (send, receive) = channel();
    let (shared, granted) = (Arc::clone(&current), Granted::default());
    let theirs = granted.clone();
    limits::set();
    // On a thread of its own, so that an endless call can be reported and left behind. Its stack has the size that the
    // main thread of a program has, whatever `RUST_MIN_STACK` says.
    let in_thread = move || {
        let record = work(&shared, &theirs);
        let _ = send.send(record);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK).spawn(in_thread) {
        panic!("the law {id} got no thread: {error}");
    }
    let (record, is_runaway) = wait(&receive, &current, (allowed, &granted), names, id);
    record.write();
    if is_runaway || record.is_endless() && inside::is_shared() {
        // It goes on growing, or turning, in its thread, which nothing can end but the end of the process.
        end(&record);
    }
    if record.is_broken() && (is_by_itself() || inside::ends_at_first()) {
        // The harness would say in ten lines that this one test has failed; and a mutant is dead after one law.
        end(&record);
    }
    if record.is_broken() {
        eprintln!("{record}");
        // Not `panic!`: the verdict above says everything, a line of the judge's own source would only distract.
        panic::resume_unwind(Box::new("the law is broken"));
    }
}

/// Ends the process with a verdict. Past the harness, which keeps what a test prints until the test has ended.
fn end(record: &Record) -> ! {
    let words = if record.is_unwritten() { record.in_one_line() } else { record.to_string() };
    let _it_is_only_for_the_eye = io::stderr().write_all(words.as_bytes());
    process::exit(101);
}

/// Whether nextest runs this law in a process of its own, for a person to read.
fn is_by_itself() -> bool {
    env::var_os("NEXTEST_EXECUTION_MODE").is_some_and(|mode| mode == "process-per-test")
        && env::var_os("KATAS_VERDICTS").is_none()
        && !inside::is_listened_to()
}

fn wait(
    verdict: &Receiver<Record>,
    current: &Current,
    (allowed, granted): (Duration, &Granted),
    names: &'static str,
    id: &'static str,
) -> (Record, bool) {
    let mut clock = Clock::default();
    let mut grant = |since| {
        let more = clock.granted(since, allowed);
        granted.set(more);
        more
    };
    loop {
        match verdict.recv_timeout(Duration::from_millis(100)) {
            Ok(record) => return (record, false),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => panic!("the law {id} ended without a verdict"),
        }
        let at_work = current.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(broken) = limits::exceeded() {
            let with = at_work.map(|(_, input)| with_names(names, input.shown())).unwrap_or_default();
            return (Record::new(id, with, 0, 0.0, Some(broken)), true);
        }
        if let Some((since, input)) = at_work
            && since.elapsed() > allowed + grant(since)
        {
            let broken = Broken {
                kind: Kind::Timeout,
                got: format!("no answer within {} s", allowed.as_secs()),
                want: "an answer".to_owned(),
                look: "Which loop does not end for this input? What changes in each round?".to_owned(),
                place: None,
            };
            return (Record::new(id, with_names(names, input.shown()), 0, 0.0, Some(broken)), false);
        }
    }
}
