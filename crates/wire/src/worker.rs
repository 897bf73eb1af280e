//! The untrusted end: holds the learner's katas, hears calls on its standard input and answers on its standard output.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader};
use std::os::fd::AsFd;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::channel::{Message, receive, send};
use crate::context;
use crate::kept::FUNCTION;
use crate::value::{Encode, Malformed, Reader};

/// Answers a call of one kata: reads its arguments and appends its answer.
pub type KataAnswer = fn(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Malformed>;

/// Calls come in and answers go out one after the other: who asks, waits.
static CALLS: OnceLock<Mutex<BufReader<File>>> = OnceLock::new();
static ANSWERS: OnceLock<File> = OnceLock::new();
static KATAS: OnceLock<fn(&str) -> Option<KataAnswer>> = OnceLock::new();
/// One thread at a time asks a function of the laws.
static ASKING: Mutex<()> = Mutex::new(());
static SAID: Mutex<(String, String)> = Mutex::new((String::new(), String::new()));

thread_local! {
    /// Whether this thread is asking already, and a kata that it was called for asks once more.
    static DEEPER: Cell<bool> = const { Cell::new(false) };
}

/// The panic of a function that the laws gave, on its way back to them.
struct Unwinding;

/// Answers calls until the laws hang up. `katas` finds a kata by its id.
///
/// # Errors
///
/// As the channel's.
pub fn serve(katas: fn(&str) -> Option<KataAnswer>) -> io::Result<()> {
    let calls = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    CALLS.get_or_init(|| Mutex::new(BufReader::with_capacity(1 << 16, calls)));
    let answers = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let answers = ANSWERS.get_or_init(|| answers);
    // What a kata prints is no answer.
    rustix::stdio::dup2_stdout(File::options().write(true).open("/dev/null")?)?;
    KATAS.get_or_init(|| katas);
    #[cfg(feature = "candle")]
    crate::tensors::ASK.get_or_init(|| gradients);
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message").to_owned();
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = (message, place);
    }));
    loop {
        match hear() {
            Ok(Message::Call(call)) => send(answers, &answer(&call, &mut []))?,
            Ok(_) => return Err(io::ErrorKind::InvalidData.into()),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// Asks the laws for gradients.
#[cfg(feature = "candle")]
fn gradients(asked: &[u8]) -> Vec<u8> {
    let mut asks = question(crate::kept::GRADIENTS_OF_THE_LAWS);
    asks.extend_from_slice(asked);
    ask(asks, |from| Ok(from.rest().to_vec()))
}

fn hear() -> io::Result<Message> {
    let calls = CALLS.get().ok_or(io::ErrorKind::NotConnected)?;
    receive(&mut *calls.lock().unwrap_or_else(PoisonError::into_inner))
}

fn answer(call: &[u8], functions: &mut [OwnFunction<'_>]) -> Message {
    let mut answer = Vec::new();
    context::enter();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
        let (mut arguments, mut answered) = (Reader::new(call), Vec::new());
        called(&mut arguments, &mut answered, functions)?;
        context::put_changes(&mut answer);
        answer.append(&mut answered);
        Ok(())
    }));
    context::leave();
    match outcome {
        Ok(Ok(())) => Message::Return(answer),
        Ok(Err(Malformed)) => panicked("the worker does not know this call", ""),
        Err(payload) if payload.is::<Unwinding>() => Message::Unwound,
        Err(_) => {
            let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
            panicked(&said.0, &said.1)
        }
    }
}

fn called(
    from: &mut Reader<'_>,
    out: &mut Vec<u8>,
    functions: &mut [OwnFunction<'_>],
) -> Result<(), Malformed> {
    let name: String = from.decode()?;
    if name == FUNCTION {
        let function = from.size()?;
        return functions.get_mut(function).ok_or(Malformed)?(from, out);
    }
    // The laws keep nothing for others.
    #[cfg(not(feature = "proxy"))]
    if name == crate::kept::RELEASE {
        return crate::kept::release(from);
    }
    #[cfg(all(feature = "candle", not(feature = "proxy")))]
    if name == crate::kept::GRADIENTS {
        return crate::tensors::gradients(from, out);
    }
    KATAS.get().and_then(|katas| katas(&name)).ok_or(Malformed)?(from, out)
}

fn panicked(message: &str, place: &str) -> Message {
    let mut said = Vec::new();
    (message, place).encode(&mut said);
    Message::Panicked(said)
}

/// The beginning of a question to the function that the laws gave as this argument; what it is asked is put behind it.
#[must_use]
pub fn question(function: usize) -> Vec<u8> {
    let mut question = Vec::new();
    function.encode(&mut question);
    context::put_changes(&mut question);
    question
}

/// Asks a function of the laws. `decode` reads what it returned.
pub fn ask<R>(question: Vec<u8>, decode: impl FnOnce(&mut Reader<'_>) -> Result<R, Malformed>) -> R {
    ask_with(question, &mut [], decode)
}

/// A function of a kata's own that it gives to one of the laws: reads its arguments and appends what it returns.
pub type OwnFunction<'a> = &'a mut dyn FnMut(&mut Reader<'_>, &mut Vec<u8>) -> Result<(), Malformed>;

/// Asks a function of the laws, which may ask these meanwhile.
pub fn ask_with<R>(
    question: Vec<u8>,
    functions: &mut [OwnFunction<'_>],
    decode: impl FnOnce(&mut Reader<'_>) -> Result<R, Malformed>,
) -> R {
    let outermost = !DEEPER.get();
    let _guard = outermost.then(|| ASKING.lock().unwrap_or_else(PoisonError::into_inner));
    DEEPER.set(true);
    let returned = returned(question, functions);
    DEEPER.set(!outermost);
    match returned {
        Ok(Message::CallbackReturn(bytes)) => decode(&mut Reader::new(&bytes)).unwrap_or_else(|_| hang_up()),
        Ok(_) => panic::resume_unwind(Box::new(Unwinding)),
        Err(_) => hang_up(),
    }
}

/// Waits for what the function returns, and answers calls meanwhile: it may ask a kata itself.
fn returned(question: Vec<u8>, functions: &mut [OwnFunction<'_>]) -> io::Result<Message> {
    let answers = ANSWERS.get().ok_or(io::ErrorKind::NotConnected)?;
    send(answers, &Message::Callback(question))?;
    loop {
        match hear()? {
            Message::Call(call) => send(answers, &answer(&call, functions))?,
            message => return Ok(message),
        }
    }
}

/// The laws have hung up.
fn hang_up() -> ! {
    std::process::exit(1)
}
