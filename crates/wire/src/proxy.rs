//! The laws' end: sends a call away and waits for the answer.

use std::any::Any;
use std::cell::RefCell;
use std::io::{self, BufReader, PipeReader, PipeWriter};
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;

use judge::elsewhere::{self, Failure};

use crate::channel::{Message, receive, send};
use crate::pool::{self, Asking};
use crate::value::{Malformed, Put, Reader};

/// A function that a law gives to a kata: reads what it is asked and appends what it tells.
pub type Function<'a> = &'a mut dyn FnMut(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Malformed>;

thread_local! {
    /// Each law runs on a thread of its own and asks one worker, until that fails it.
    static WORKER: RefCell<Option<Leased>> = const { RefCell::new(None) };
}

/// A worker, asked by one law at a time.
pub(crate) struct Worker {
    pub(crate) number: u32,
    pub(crate) to: PipeWriter,
    pub(crate) from: RefCell<BufReader<PipeReader>>,
    /// How its first failure was: it is asked no more.
    pub(crate) failed: RefCell<Option<Failure>>,
    pub(crate) asking: Asking,
}

/// A worker that goes back where it came from with the thread of its law.
struct Leased(Option<Rc<Worker>>);

impl Drop for Leased {
    fn drop(&mut self) {
        if let Some(worker) = self.0.take().and_then(Rc::into_inner) {
            pool::give_back(worker);
        }
    }
}

/// The beginning of a call of this kata; its arguments are put behind it.
#[must_use]
pub fn begin(kata: &str) -> Vec<u8> {
    let mut call = Vec::with_capacity(256);
    kata.put(&mut call);
    call
}

/// Asks the kata of this id. `take` reads its answer; the kata may ask the `functions` meanwhile.
pub fn call<R>(
    kata: &'static str,
    call: Vec<u8>,
    functions: &mut [Function<'_>],
    take: impl FnOnce(&mut Reader<'_>) -> Result<R, Malformed>,
) -> R {
    let worker = worker(kata).unwrap_or_else(|failure| elsewhere::raise(failure));
    worker.asking.begins(kata);
    let answered = worker.answer(call, functions);
    let failure = match answered {
        _ if !worker.asking.ends() => Failure::Endless,
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
    *worker.failed.borrow_mut() = Some(failure.clone());
    elsewhere::raise(failure)
}

enum Answer {
    Returned(Vec<u8>),
    Panicked { message: String, place: String },
    Unwound(Box<dyn Any + Send>),
}

impl Worker {
    /// Sends a call and waits for its answer, for ever if need be: whoever judges the law leaves this thread behind
    /// when its time is over, and [`pool`] ends the worker then.
    fn answer(&self, call: Vec<u8>, functions: &mut [Function<'_>]) -> Result<Answer, Failure> {
        send(&self.to, &Message::Call(call)).map_err(|error| self.broken_off(&error))?;
        let mut unwound = None;
        loop {
            // Not borrowed any longer: a function that is asked may ask a kata itself.
            let received = receive(&mut *self.from.borrow_mut());
            let message = match received {
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
                Err(error) => return Err(self.broken_off(&error)),
            };
            send(&self.to, &message).map_err(|error| self.broken_off(&error))?;
        }
    }

    fn broken_off(&self, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::InvalidData => died("its answer is no answer, or longer than any may be"),
            // The warden's word comes after everything that the worker said.
            _ => match receive(&mut *self.from.borrow_mut()) {
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

/// This thread's worker.
fn worker(kata: &str) -> Result<Rc<Worker>, Failure> {
    WORKER.with_borrow_mut(|slot| {
        if let Some(Leased(Some(worker))) = slot {
            let failed = worker.failed.borrow().clone();
            return failed.map_or_else(|| Ok(Rc::clone(worker)), Err);
        }
        let worker = Rc::new(pool::lease(kata)?);
        *slot = Some(Leased(Some(Rc::clone(&worker))));
        Ok(worker)
    })
}
