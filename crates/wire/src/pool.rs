//! The workers that the laws of one process ask: a law that has ended leaves its worker to the next one.
//!
//! So what a kata leaves behind in its process may reach another law. The grader judges again what was found broken,
//! with `KATAS_WORKERS=fresh`: then each law has a worker of its own, as it has a process of its own at home.

use std::cell::RefCell;
use std::io::{self, BufReader, IoSlice, PipeReader, PipeWriter, pipe};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::kept::Dropped;
use judge::elsewhere::{self, Deadline, Failure};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use rustix::process::{Signal, set_parent_process_death_signal};

/// For a call outside of a law.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Workers that are not called at the moment.
static IDLE: Mutex<Vec<Worker>> = Mutex::new(Vec::new());
/// What the workers of this process are at.
static ASKED: Mutex<Vec<Asking>> = Mutex::new(Vec::new());
static FRESH: LazyLock<bool> =
    LazyLock::new(|| std::env::var_os("KATAS_WORKERS").is_some_and(|how| how == "fresh"));

/// A worker, asked by one law at a time.
pub(crate) struct Worker {
    pub(crate) number: u32,
    pub(crate) to: PipeWriter,
    pub(crate) from: RefCell<BufReader<PipeReader>>,
    /// How its first failure was: it is asked no more.
    pub(crate) failed: RefCell<Option<Failure>>,
    pub(crate) asking: Asking,
    /// What it keeps and need not keep any longer.
    pub(crate) dropped: Dropped,
}

/// Which kata a worker is asked, and until when its answer is waited for.
#[derive(Clone)]
pub(crate) struct Asking {
    number: u32,
    at: Arc<Mutex<(&'static str, Option<Deadline>)>>,
}

impl Asking {
    fn lock(&self) -> MutexGuard<'_, (&'static str, Option<Deadline>)> {
        self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call begins, perhaps within another one, which is returned.
    pub(crate) fn begins(&self, kata: &'static str) -> (&'static str, Option<Deadline>) {
        let until = elsewhere::deadline().unwrap_or_else(|| Deadline::after(TIMEOUT));
        std::mem::replace(&mut *self.lock(), (kata, Some(until)))
    }

    /// Whether it came in time, and the call around it goes on; what came too late stays on record.
    pub(crate) fn ends(&self, around: (&'static str, Option<Deadline>)) -> bool {
        let mut at = self.lock();
        let in_time = at.1.as_ref().is_none_or(|until| !until.is_over());
        if in_time {
            *at = around;
        }
        in_time
    }
}

/// A worker for a law of this kata.
pub(crate) fn lease(kata: &str) -> Result<Worker, Failure> {
    // A grader that is killed leaves no laws behind, whose verdicts the next one could find. The signal is a thread's own
    // matter; where it cannot be had, the laws end when their worker does.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    let overdue = |asking: &Asking| asking.lock().1.as_ref().is_some_and(Deadline::is_over);
    let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let overdue: Vec<Asking> = asked.into_iter().filter(overdue).collect();
    // Their laws have given up; left alone they would go on for as long as their limits allow.
    // They may have ended already.
    let _ = overdue.iter().try_for_each(|asking| end(asking.number));
    if overdue.iter().any(|asking| asking.lock().0 == kata) {
        // After an endless call every further one would be held up in the same way.
        return Err(Failure::Endless);
    }
    if let Some(worker) = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop() {
        return Ok(worker);
    }
    hand_over().map_err(|_| Failure::Unreachable)
}

/// Takes a worker back.
pub(crate) fn give_back(worker: Worker) {
    if worker.failed.borrow().is_none() && !*FRESH {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        return;
    }
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    // One that was ended is remembered: its kata is endless.
    asked.retain(|asking| asking.number != worker.number || asking.lock().1.is_some());
}

/// Hands the far ends of two new pipes to the supervisor, who listens at our standard input.
fn hand_over() -> io::Result<Worker> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let ((calls, to), (from, answers)) = (pipe()?, pipe()?);
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    let theirs = [calls.as_fd(), answers.as_fd()];
    if !ancillary.push(SendAncillaryMessage::ScmRights(&theirs)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    tell_the_supervisor(number, &mut ancillary)?;
    let asking = Asking { number, at: Arc::new(Mutex::new(("", None))) };
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).push(asking.clone());
    let from = RefCell::new(BufReader::with_capacity(1 << 16, from));
    Ok(Worker { number, to, from, failed: RefCell::new(None), asking, dropped: Dropped::default() })
}

/// Has a worker ended.
fn end(number: u32) -> io::Result<()> {
    tell_the_supervisor(number, &mut SendAncillaryBuffer::default())
}

/// The number of a worker: with its pipes to start it, without them to end it.
fn tell_the_supervisor(number: u32, with: &mut SendAncillaryBuffer<'_, '_, '_>) -> io::Result<()> {
    let number = number.to_le_bytes();
    sendmsg(io::stdin().as_fd(), &[IoSlice::new(&number)], with, SendFlags::NOSIGNAL).map(drop)?;
    Ok(())
}
