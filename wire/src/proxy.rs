//! The laws' end: sends a call away and waits for the answer, no longer than the law allows.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io::{self, IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use judge::elsewhere::{self, Failure};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

use crate::channel::{Message, receive, send};
use crate::value::{Malformed, Put, Reader};

/// A function that a law gives to a kata: reads what it is asked and appends what it tells.
pub type Function<'a> = &'a mut dyn FnMut(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Malformed>;

/// For a call outside of a law.
const PATIENCE: Duration = Duration::from_secs(10);

/// After an endless call every further one would be held up in the same way.
static ENDLESS: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Each law runs on a thread of its own and asks a worker of its own, as it would run in a process of its own.
    static WORKER: RefCell<Option<Rc<Worker>>> = const { RefCell::new(None) };
}

struct Worker {
    channel: UnixStream,
    /// How long the channel waits: setting it costs as much as sending, and hardly ever changes.
    waits: Cell<Duration>,
    /// How its first failure was: it is asked no more.
    failed: RefCell<Option<Failure>>,
}

/// The beginning of a call of this kata; its arguments are put behind it.
#[must_use]
pub fn begin(kata: &str) -> Vec<u8> {
    let mut call = Vec::new();
    kata.put(&mut call);
    call
}

/// Asks a kata. `take` reads its answer; the kata may ask the `functions` meanwhile.
pub fn call<R>(
    call: Vec<u8>,
    functions: &mut [Function<'_>],
    take: impl FnOnce(&mut Reader<'_>) -> Result<R, Malformed>,
) -> R {
    let worker = worker().unwrap_or_else(|failure| elsewhere::raise(failure));
    let answered = worker.answer(call, functions);
    let failure = match answered {
        Ok(Answer::Returned(bytes)) => {
            let mut reader = Reader::new(&bytes);
            match take(&mut reader).and_then(|answer| reader.end().map(|()| answer)) {
                Ok(answer) => return answer,
                Err(Malformed) => died("its answer is not of the kata's type"),
            }
        }
        Ok(Answer::Panicked { message, place }) => elsewhere::raise(Failure::Panicked { message, place }),
        Ok(Answer::Unwound(payload)) => panic::resume_unwind(payload),
        Err(failure) => failure,
    };
    if failure == Failure::Endless {
        ENDLESS.store(true, Ordering::Relaxed);
    }
    *worker.failed.borrow_mut() = Some(failure.clone());
    elsewhere::raise(failure)
}

enum Answer {
    Returned(Vec<u8>),
    Panicked { message: String, place: String },
    Unwound(Box<dyn Any + Send>),
}

impl Worker {
    fn answer(&self, call: Vec<u8>, functions: &mut [Function<'_>]) -> Result<Answer, Failure> {
        let deadline = elsewhere::deadline().unwrap_or_else(|| Instant::now() + PATIENCE);
        let timed = Timed { channel: &self.channel, waits: &self.waits, deadline };
        timed.prepare()?;
        send(&self.channel, &Message::Call(call)).map_err(|error| self.broken_off(&timed, &error))?;
        let mut unwound = None;
        loop {
            let message = match receive(&timed) {
                Ok(Message::Return(bytes)) => return Ok(Answer::Returned(bytes)),
                Ok(Message::Panicked(said)) => {
                    let said = Reader::new(&said).take().map_err(|_| died("its last words are garbled"));
                    return said.map(|(message, place)| Answer::Panicked { message, place });
                }
                Ok(Message::Unwound) => {
                    let payload = unwound.take().ok_or_else(|| died("it speaks out of turn"))?;
                    return Ok(Answer::Unwound(payload));
                }
                Ok(Message::Ask(asked)) => match tell(&asked, functions) {
                    Ok(told) => told,
                    Err(payload) => {
                        unwound = Some(payload);
                        Message::Unwound
                    }
                },
                Ok(Message::Ended(how)) => return Err(died(&String::from_utf8_lossy(&how))),
                Ok(Message::Call(_) | Message::Told(_)) => return Err(died("it speaks out of turn")),
                Err(error) => return Err(self.broken_off(&timed, &error)),
            };
            send(&self.channel, &message).map_err(|error| self.broken_off(&timed, &error))?;
            timed.prepare()?;
        }
    }

    fn broken_off(&self, timed: &Timed<'_>, error: &io::Error) -> Failure {
        match error.kind() {
            _ if timed.is_over() => Failure::Endless,
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Failure::Endless,
            io::ErrorKind::InvalidData => died("its answer is no answer, or longer than any may be"),
            // The warden's word comes after everything that the worker said.
            _ => match receive(timed) {
                Ok(Message::Ended(how)) => died(&String::from_utf8_lossy(&how)),
                _ => died("it hung up"),
            },
        }
    }
}

/// Asks the function that the worker asks for. A panic of it belongs to the law and is kept until the kata unwinds.
fn tell(asked: &[u8], functions: &mut [Function<'_>]) -> Result<Message, Box<dyn Any + Send>> {
    let mut told = Vec::new();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        let mut asked = Reader::new(asked);
        let function = asked.take::<usize>()?;
        functions.get_mut(function).ok_or(Malformed)?(&mut asked, &mut told)
    }))?;
    match outcome {
        Ok(()) => Ok(Message::Told(told)),
        Err(Malformed) => Err(Box::new(died("it asks what cannot be asked"))),
    }
}

fn died(how: &str) -> Failure {
    // Whatever an untrusted process says is told in one line.
    let printable = how.chars().filter(|c| !c.is_control()).take(300);
    Failure::Died { how: printable.collect() }
}

/// A channel that is read until a moment and no longer.
struct Timed<'a> {
    channel: &'a UnixStream,
    waits: &'a Cell<Duration>,
    deadline: Instant,
}

impl Timed<'_> {
    fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }

    fn prepare(&self) -> Result<(), Failure> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::Endless);
        }
        if self.waits.get().abs_diff(left) < Duration::from_millis(200) {
            return Ok(());
        }
        self.waits.set(left);
        let set = self
            .channel
            .set_read_timeout(Some(left))
            .and_then(|()| self.channel.set_write_timeout(Some(left)));
        set.map_err(|_| Failure::Unreachable)
    }
}

impl Read for &Timed<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut channel = self.channel;
        let read = channel.read(bytes)?;
        // Somebody who sends a byte now and then shall not hold us up for ever.
        if self.is_over() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(read) }
    }
}

/// This thread's worker.
fn worker() -> Result<Rc<Worker>, Failure> {
    if ENDLESS.load(Ordering::Relaxed) {
        return Err(Failure::Endless);
    }
    WORKER.with_borrow_mut(|slot| {
        if let Some(worker) = slot {
            let failed = worker.failed.borrow().clone();
            return failed.map_or_else(|| Ok(Rc::clone(worker)), Err);
        }
        let channel = hand_over().map_err(|_| Failure::Unreachable)?;
        let worker = Rc::new(Worker { channel, waits: Cell::default(), failed: RefCell::new(None) });
        *slot = Some(Rc::clone(&worker));
        Ok(worker)
    })
}

/// Hands one end of a new socket to the warden, who listens at our standard input, and keeps the other.
fn hand_over() -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    let theirs = [theirs.as_fd()];
    if !ancillary.push(SendAncillaryMessage::ScmRights(&theirs)) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    sendmsg(io::stdin().as_fd(), &[IoSlice::new(b"w")], &mut ancillary, SendFlags::NOSIGNAL)?;
    Ok(ours)
}
