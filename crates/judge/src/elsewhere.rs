//! Katas that run in another process: how a call may fail there, and how long it may take.
//!
//! A grader trusts the laws and not the katas, so it keeps them in two processes. Anyone who forwards the calls raises a
//! [`Failure`], and the law is broken by it as it would be by a kata in its own process.

use std::cell::RefCell;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::broken::{Broken, Kind};

/// How a call in another process failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The kata panicked.
    Panicked {
        /// What it said.
        message: String,
        /// File, line and column.
        place: String,
    },
    /// It did not answer in time, or one before it did not.
    Endless,
    /// Its process ended, or said what is no answer.
    Died {
        /// In what way.
        how: String,
    },
    /// There is no process to ask: no one's answer is at fault.
    Unreachable,
}

thread_local! {
    static DEADLINE: RefCell<Option<Deadline>> = const { RefCell::new(None) };
}

/// How much longer the call at work may take, because the machine is too busy to run it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Granted(Arc<AtomicU64>);

impl Granted {
    pub(crate) fn set(&self, more: Duration) {
        self.0.store(u64::try_from(more.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// Until when an answer is waited for.
#[derive(Debug, Clone)]
pub struct Deadline {
    at: Instant,
    granted: Granted,
}

impl Deadline {
    /// So much later than now.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        Self { at: Instant::now() + time, granted: Granted::default() }
    }

    /// Whether it has passed. On a busy machine it moves.
    #[must_use]
    pub fn is_over(&self) -> bool {
        Instant::now() > self.at + self.granted.get()
    }
}

/// Until when the law at work on this thread waits.
#[must_use]
pub fn deadline() -> Option<Deadline> {
    DEADLINE.with_borrow(Clone::clone)
}

pub(crate) fn wait_until(at: Instant, granted: &Granted) {
    granted.set(Duration::ZERO);
    DEADLINE.set(Some(Deadline { at, granted: granted.clone() }));
}

/// Bytes of questions that the laws of this process have sent to katas elsewhere.
static SENT: AtomicU64 = AtomicU64::new(0);

/// Notes a question of so many bytes. The laws write it, not the kata, and a thousand laws in one process send gigabytes.
pub fn sends(bytes: usize) {
    SENT.fetch_add(bytes as u64, Ordering::Relaxed);
}

/// How many bytes of questions were sent.
pub(crate) fn sent() -> u64 {
    SENT.load(Ordering::Relaxed)
}

/// Breaks the law at work on this thread.
pub fn raise(failure: Failure) -> ! {
    // Without the hook: nothing is to be said of the place where we stand.
    panic::resume_unwind(Box::new(failure))
}

impl Failure {
    /// In the words of a law; a panic is put into words where one of this process would be.
    pub(crate) fn into_broken(self, panicked: fn((String, String)) -> Broken) -> Broken {
        let broken = |kind, got: String, want: &str, look: &str| Broken {
            kind,
            got,
            want: want.to_owned(),
            look: look.to_owned(),
            place: None,
        };
        match self {
            Self::Panicked { message, place } => panicked((message, place)),
            Self::Endless => broken(
                Kind::Timeout,
                "no answer in time".to_owned(),
                "an answer",
                "Which loop does not end for this input? What changes in each round?",
            ),
            Self::Died { how } => {
                let look = if how.contains("stack") {
                    "Which call calls itself without end?"
                } else {
                    "What ends the process?"
                };
                broken(Kind::Died, format!("the process died: {how}"), "a value, or an Err", look)
            }
            Self::Unreachable => {
                let look = "This is the grader's fault, not the kata's.";
                broken(Kind::Unreachable, "the kata could not be asked".to_owned(), "an answer", look)
            }
        }
    }
}
