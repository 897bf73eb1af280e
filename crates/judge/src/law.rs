use std::any::type_name_of_val;
use std::cell::Cell;
use std::io::{self, Write};
use std::panic;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, process};

use proptest::strategy::{SBoxedStrategy, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRunner};

use crate::attempt::attempt;
use crate::broken::{Broken, Kind, Verdict};
use crate::check::take_closest;
use crate::elsewhere::{self, Granted};
use crate::inputs::{Inputs, with_names};
use crate::inside::{self, USUAL_CASES};
use crate::limits;
use crate::record::Record;
use crate::starved::Clock;
use crate::trace;

/// As much as the main thread of a program has on most systems.
const STACK: usize = 8 << 20;

/// A law about inputs that are drawn: see [`for_all`].
pub struct ForAll<I: Inputs> {
    names: &'static str,
    inputs: SBoxedStrategy<I>,
    cases: u32,
    seconds: u64,
}

/// A law about all inputs of a kind. `names` names them for the learner, parted by ", ".
///
/// 256 inputs are drawn, more where `PROPTEST_CASES` says so; a single call may take ten seconds, and
/// longer on a machine that is too busy to run it.
pub fn for_all<I, S>(names: &'static str, inputs: S) -> ForAll<I>
where
    I: Inputs,
    S: Strategy<Value = I> + Send + Sync + 'static,
    S::Tree: 'static,
{
    ForAll { names, inputs: inputs.sboxed(), cases: USUAL_CASES, seconds: 10 }
}

/// A law about one worked example.
pub fn example<F>(holds: F)
where
    F: Fn() -> Verdict + Send + 'static,
{
    let id = id_of(type_name_of_val(&holds));
    judge(id, ForAll::once(), Box::new(move |_: &[u8; 0]| holds()));
}

impl ForAll<[u8; 0]> {
    fn once() -> Self {
        Self { names: "", inputs: proptest::strategy::Just([]).sboxed(), cases: 1, seconds: 10 }
    }
}

impl<I: Inputs> ForAll<I> {
    /// Draws this many inputs where 256 would take too long; `PROPTEST_CASES` scales it.
    #[must_use]
    pub fn cases(mut self, cases: u32) -> Self {
        self.cases = cases;
        self
    }

    /// Lets a single call take this long before it counts as endless.
    #[must_use]
    pub fn within_seconds(mut self, seconds: u64) -> Self {
        self.seconds = seconds;
        self
    }

    /// What a single call may take; less where `KATAS_SECONDS` says so, for whoever tries out what is endless.
    fn allowed(&self) -> Duration {
        let most = env::var("KATAS_SECONDS").ok().and_then(|it| it.parse().ok()).unwrap_or(u64::MAX);
        Duration::from_secs(self.seconds.min(most).max(1))
    }

    /// Judges the law, which is named after the test that calls this.
    ///
    /// # Panics
    ///
    /// If the law is broken: that is how a test fails.
    pub fn holds<F>(self, law: F)
    where
        F: Fn(&I) -> Verdict + Send + 'static,
    {
        let id = id_of(type_name_of_val(&law));
        judge(id, self, Box::new(law));
    }
}

/// The path of the test in which a closure was written: `suite::m01::dot::is_symmetric::{{closure}}`.
fn id_of(closure: &'static str) -> &'static str {
    let path = closure.split_once("::").map_or(closure, |(_, path)| path);
    path.split("::{{closure}}").next().unwrap_or(path)
}

type Law<I> = Box<dyn Fn(&I) -> Verdict + Send>;

/// The input at work and since when, for a call that does not come back.
type Current<I> = Arc<Mutex<Option<(Instant, Arc<I>)>>>;

fn judge<I: Inputs>(id: &'static str, given: ForAll<I>, law: Law<I>) {
    let (names, allowed) = (given.names, given.allowed());
    let current: Current<I> = Arc::default();
    let (send, receive) = channel();
    let (shared, granted) = (Arc::clone(&current), Granted::default());
    let theirs = granted.clone();
    limits::set();
    // On a thread of its own, so that an endless call can be reported and left behind. Its stack has the size that the
    // main thread of a program has, whatever `RUST_MIN_STACK` says.
    let work = move || {
        let record = draw_and_try(id, given, &law, &shared, &theirs);
        let _nobody_waits_any_more = send.send(record);
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK).spawn(work) {
        panic!("the law {id} got no thread: {error}");
    }
    let (record, is_runaway) = wait(&receive, &current, (allowed, &granted), names, id);
    record.write();
    if is_runaway {
        // It goes on growing in its thread, which nothing can end but the end of the process.
        end(&record);
    }
    if record.is_broken() && is_by_itself() {
        // The harness would say in ten lines that this one test has failed.
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
}

fn wait<I: Inputs>(
    verdict: &Receiver<Record>,
    current: &Current<I>,
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
            let with = at_work.map(|(_, input)| with_names(names, &input.describe())).unwrap_or_default();
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
            return (Record::new(id, with_names(names, &input.describe()), 0, 0.0, Some(broken)), false);
        }
    }
}

fn draw_and_try<I: Inputs>(
    id: &'static str,
    given: ForAll<I>,
    law: &Law<I>,
    current: &Current<I>,
    granted: &Granted,
) -> Record {
    let (config, allowed) = (inside::config(), given.allowed());
    let cases = (u64::from(given.cases) * u64::from(config.cases) / u64::from(USUAL_CASES)).max(1);
    let cases = if given.cases == 1 { 1 } else { u32::try_from(cases).unwrap_or(u32::MAX) };
    // XorShift, because ChaCha takes nine tenths of a law's time where nothing is optimised.
    let rng_algorithm = RngAlgorithm::XorShift;
    // A law that draws few inputs takes long for each: nobody waits for thousands of smaller ones. And where each call takes
    // very long, a larger counterexample must do; `PROPTEST_MAX_SHRINK_TIME` says otherwise.
    let max_shrink_iters = given.cases.saturating_mul(16).clamp(256, 4096);
    let allowed_in_ms = u32::try_from(allowed.as_millis()).unwrap_or(u32::MAX);
    let max_shrink_time = if config.max_shrink_time == 0 { allowed_in_ms } else { config.max_shrink_time };
    let shrinking = Config { max_shrink_iters, max_shrink_time, ..config };
    let mut runner = TestRunner::new(Config { cases, rng_algorithm, ..shrinking });
    let try_one = |input: &Arc<I>| {
        let now = (Instant::now(), Arc::clone(input));
        // A little earlier than we give up here: who forwards the call knows better what happened.
        elsewhere::wait_until(now.0 + allowed * 19 / 20, granted);
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        trace::input(|| with_names(given.names, &input.describe()));
        attempt(|| law(input))
    };
    let (hopeless, drawn, failed_at) = (Cell::new(false), Cell::new(0), Cell::new(u32::MAX));
    let outcome = runner.run(&given.inputs, |input| {
        drawn.set(drawn.get() + 1);
        if hopeless.get() {
            return Ok(()); // Nothing to shrink: every input meets the same todo!(), or nobody answers any more.
        }
        try_one(&Arc::new(input)).map_err(|broken| {
            hopeless.set(!broken.can_shrink());
            failed_at.set(failed_at.get().min(drawn.get()));
            TestCaseError::fail(String::new())
        })
    });
    let closest = take_closest();
    let (with, broken) = match outcome {
        // Counted, not believed: a law that tried nothing must not look as if it held.
        Ok(()) => return Record::new(id, String::new(), drawn.get(), closest, None),
        Err(TestError::Fail(_, smallest)) => {
            let smallest = Arc::new(smallest);
            let broken = trace::aloud(|| try_one(&smallest)).err().unwrap_or_else(unsteady);
            let with = with_names(given.names, &smallest.describe());
            // A `todo!()` that the very first input meets is a kata that is not begun.
            let is_begun = broken.kind != Kind::Todo || failed_at.get() > 1;
            (if is_begun { with } else { String::new() }, broken)
        }
        Err(TestError::Abort(why)) => panic!("the law {id} draws too many inputs in vain: {why}"),
    };
    Record::new(id, with, cases, closest, Some(broken))
}

fn unsteady() -> Broken {
    Broken {
        kind: Kind::Unsteady,
        got: "the same input was answered rightly once and wrongly once".to_owned(),
        want: "the same answer to the same input".to_owned(),
        look: "What outlives the call: a static, a thread-local, the clock?".to_owned(),
        place: None,
    }
}
