//! The laws' end: sends a call away and waits for the answer.

use std::any::Any;
use std::cell::RefCell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::rc::Rc;
use std::sync::PoisonError;

use judge::elsewhere::{self, Failure};

use crate::channel::{Message, receive, send};
use crate::context;
use crate::kept::{self, RELEASE};
use crate::pool::{self, Worker};
use crate::value::{Encode, Malformed, Reader};

/// A function that a law gives to a kata: reads its arguments and appends what it returns.
pub type Function<'a> = &'a mut dyn FnMut(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Malformed>;

thread_local! {
    /// Each law runs on a thread of its own and asks one worker, until that fails it.
    static WORKER: RefCell<Option<Leased>> = const { RefCell::new(None) };
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
    context::enter();
    #[cfg(feature = "candle")]
    crate::tensors::ASK.get_or_init(|| gradients);
    let mut call = Vec::with_capacity(256);
    kata.encode(&mut call);
    call
}

/// Asks the kata of this id. `decode` reads its answer; the kata may ask the `functions` meanwhile.
pub fn call<R>(
    kata: &'static str,
    call: Vec<u8>,
    functions: &mut [Function<'_>],
    decode: impl FnOnce(&mut Reader<'_>) -> Result<R, Malformed>,
) -> R {
    let _ends = Ends;
    let worker = worker(kata).unwrap_or_else(|failure| elsewhere::raise(failure));
    worker.give_back_numbers();
    let around = worker.asking.begins(kata);
    let answered = worker.answer(call, functions);
    let failure = match answered {
        _ if !worker.asking.ends(around) => Failure::Endless,
        Ok(Reply::Returned(bytes)) => {
            let mut reader = Reader::new(&bytes);
            let decoded = context::take_changes(&mut reader).and_then(|()| decode(&mut reader));
            match decoded.and_then(|answer| reader.end().map(|()| answer)) {
                Ok(answer) => return answer,
                Err(Malformed) => died("its answer is not of the kata's type"),
            }
        }
        Ok(Reply::Panicked { message, place }) => elsewhere::raise(Failure::Panicked { message, place }),
        Ok(Reply::Unwound(payload)) => panic::resume_unwind(payload),
        Err(failure) => failure,
    };
    *worker.failed.borrow_mut() = Some(failure.clone());
    elsewhere::raise(failure)
}

/// The call ends with this value.
struct Ends;

impl Drop for Ends {
    fn drop(&mut self) {
        context::leave();
    }
}

/// Asks the worker for gradients.
#[cfg(feature = "candle")]
fn gradients(asked: &[u8]) -> Vec<u8> {
    let mut asks = begin(crate::kept::GRADIENTS);
    asks.extend_from_slice(asked);
    call(crate::kept::GRADIENTS, asks, &mut [], |from| Ok(from.rest().to_vec()))
}

enum Reply {
    Returned(Vec<u8>),
    Panicked { message: String, place: String },
    Unwound(Box<dyn Any + Send>),
}

/// As many numbers are given back at once.
const AT_ONCE: usize = 32;

impl Worker {
    /// Says to the worker what it need not keep any longer, now and then. What comes of that, the next call says.
    fn give_back_numbers(&self) {
        let mut dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        if dropped.len() < AT_ONCE || self.failed.borrow().is_some() {
            return;
        }
        let numbers = std::mem::take(&mut *dropped);
        drop(dropped);
        let mut call = Vec::new();
        (RELEASE, numbers).encode(&mut call);
        let around = self.asking.begins(RELEASE);
        let released = self.answer(call, &mut []);
        if !self.asking.ends(around) || !matches!(released, Ok(Reply::Returned(_))) {
            *self.failed.borrow_mut() = Some(died("it does not let go of what it keeps"));
        }
    }

    /// Sends a call and waits for its answer, for ever if need be: the judge of the law leaves this thread behind
    /// when its time is over, and [`pool`] ends the worker then.
    fn answer(&self, call: Vec<u8>, functions: &mut [Function<'_>]) -> Result<Reply, Failure> {
        self.send(&Message::Call(call))?;
        let mut unwound = None;
        loop {
            // Not borrowed any longer: a function that is asked may ask a kata itself.
            let received = receive(&mut *self.from.borrow_mut());
            let message = match received {
                Ok(Message::Return(bytes)) => return Ok(Reply::Returned(bytes)),
                Ok(Message::Panicked(said)) => {
                    let said = Reader::new(&said).decode().map_err(|_| died("its last words are garbled"));
                    return said.map(|(message, place)| Reply::Panicked { message, place });
                }
                Ok(Message::Unwound) => {
                    let payload = unwound.take().ok_or_else(|| died("it speaks out of turn"))?;
                    return Ok(Reply::Unwound(payload));
                }
                Ok(Message::Callback(asked)) => match call_back(&asked, functions) {
                    Ok(returned) => returned,
                    Err(payload) => {
                        unwound = Some(payload);
                        Message::Unwound
                    }
                },
                Ok(Message::Ended(how)) => return Err(died(&String::from_utf8_lossy(&how))),
                Ok(Message::Call(_) | Message::CallbackReturn(_)) => {
                    return Err(died("it speaks out of turn"));
                }
                Err(error) => return Err(self.broken_off(&error)),
            };
            self.send(&message)?;
        }
    }

    fn send(&self, message: &Message) -> Result<(), Failure> {
        elsewhere::sends(message.length());
        send(&self.to, message).map_err(|error| self.broken_off(&error))
    }

    fn broken_off(&self, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::InvalidData => died("its answer is no answer, or longer than any may be"),
            // The supervisor's word comes after everything that the worker said.
            _ => match receive(&mut *self.from.borrow_mut()) {
                Ok(Message::Ended(how)) => died(&String::from_utf8_lossy(&how)),
                _ => died("it hung up"),
            },
        }
    }
}

/// Asks the function that the worker asks for. A panic of it belongs to the law and is kept until the kata unwinds.
fn call_back(asked: &[u8], functions: &mut [Function<'_>]) -> Result<Message, Box<dyn Any + Send>> {
    let mut returned = Vec::new();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        let mut asked = Reader::new(asked);
        let function = asked.size()?;
        context::take_changes(&mut asked)?;
        #[cfg(feature = "candle")]
        if function == crate::kept::GRADIENTS_OF_THE_LAWS {
            return crate::tensors::gradients(&mut asked, &mut returned);
        }
        functions.get_mut(function).ok_or(Malformed)?(&mut asked, &mut returned)
    }))?;
    match outcome {
        Ok(()) => Ok(Message::CallbackReturn(returned)),
        Err(Malformed) => Err(Box::new(died("it asks what cannot be asked"))),
    }
}

fn died(how: &str) -> Failure {
    // Whatever an untrusted process says is reported in one line.
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
        kept::asks(&worker.dropped);
        *slot = Some(Leased(Some(Rc::clone(&worker))));
        Ok(worker)
    })
}
