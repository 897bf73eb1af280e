use std::any::{Any, type_name_of_val};
use std::cell::Cell;
use std::env;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::time::Duration;

use proptest::strategy::{Just, Strategy};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRunner};

use crate::attempt::attempt;
use crate::broken::{Broken, Kind, Verdict};
use crate::call;
use crate::check::take_closest;
use crate::drawn::{Drawn, Input};
use crate::elsewhere::Granted;
use crate::inputs::{Inputs, with_names};
use crate::inside::{self, USUAL_CASES};
use crate::neighbors::Neighbors;
use crate::record::Record;
use crate::repeats::Repeats;
use crate::supervise::{Current, supervise};
use crate::trace;

/// A law about inputs that are drawn: see [`for_all`].
pub struct ForAll<I: Inputs> {
    given: Given,
    of_type: PhantomData<fn(I)>,
}

/// What a law says of its inputs, whatever their type.
struct Given {
    names: &'static str,
    inputs: Drawn,
    cases: u32,
    seconds: u64,
}

/// A law about all inputs of a kind. `names` names them for the learner, separated by ", ".
///
/// 256 inputs are drawn, more where `PROPTEST_CASES` says so; a single call may take ten seconds, and
/// longer on a machine that is too busy to run it.
pub fn for_all<I, S>(names: &'static str, inputs: S) -> ForAll<I>
where
    I: Inputs,
    S: Strategy<Value = I> + Send + Sync + 'static,
    S::Tree: 'static,
{
    let given = Given { names, inputs: Drawn::from(inputs), cases: USUAL_CASES, seconds: 10 };
    ForAll { given, of_type: PhantomData }
}

/// A law about one worked example.
pub fn example<F>(holds: F)
where
    F: Fn() -> Verdict + Send + 'static,
{
    let id = id_of(type_name_of_val(&holds));
    judge(id, Given::once(), Box::new(move |_| holds()));
}

/// A law that is the example on the page of a kata.
pub fn page<E, F>(example: F)
where
    E: Debug,
    F: Fn() -> Result<(), E> + Send + 'static,
{
    let id = id_of(type_name_of_val(&example));
    let holds = move |_: &dyn Any| {
        let look = "`cargo kata explain` shows the page with its example.";
        example().map_err(|error| {
            Broken::answer(format!("{error:?}"), "the example of the page, as it stands", look)
        })
    };
    judge(id, Given::once(), Box::new(holds));
}

impl Given {
    fn once() -> Self {
        Self { names: "", inputs: Drawn::from(Just([0_u8; 0])), cases: 1, seconds: 10 }
    }

    /// What a single call may take; less where `KATAS_SECONDS` says so, for anyone who tries out what is endless.
    fn allowed(&self) -> Duration {
        let most = env::var("KATAS_SECONDS").ok().and_then(|it| it.parse().ok()).unwrap_or(u64::MAX);
        Duration::from_secs(self.seconds.min(most).max(1))
    }
}

impl<I: Inputs> ForAll<I> {
    /// Draws this many inputs where 256 would take too long; `PROPTEST_CASES` scales it.
    #[must_use]
    pub fn cases(mut self, cases: u32) -> Self {
        self.given.cases = cases;
        self
    }

    /// Lets a single call take this long before it counts as endless.
    #[must_use]
    pub fn within_seconds(mut self, seconds: u64) -> Self {
        self.given.seconds = seconds;
        self
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
        let law = move |input: &dyn Any| law(input.downcast_ref().unwrap_or_else(|| unreachable!("{id}")));
        judge(id, self.given, Box::new(law));
    }
}

/// The path of the test in which a closure was written: `suite::m01::dot::is_symmetric::{{closure}}`.
fn id_of(closure: &'static str) -> &'static str {
    // A function's own path would be taken for the law's, whose verdict would be missing then.
    assert!(closure.contains("{{closure}}"), "{closure}: a law is a closure that is written in its test");
    let path = closure.split_once("::").map_or(closure, |(_, path)| path);
    path.split("::{{closure}}").next().unwrap_or(path)
}

type Law = Box<dyn Fn(&dyn Any) -> Verdict + Send>;

fn judge(id: &'static str, given: Given, law: Law) {
    let (names, allowed) = (given.names, given.allowed());
    supervise(id, names, allowed, move |current: &Current, granted| {
        draw_and_try(id, given, &law, current, granted)
    });
}

fn draw_and_try(id: &'static str, given: Given, law: &Law, current: &Current, granted: &Granted) -> Record {
    let (config, allowed) = (inside::config(), given.allowed());
    let cases = (u64::from(given.cases) * u64::from(config.cases) / u64::from(USUAL_CASES)).max(1);
    let cases = if given.cases == 1 { 1 } else { u32::try_from(cases).unwrap_or(u32::MAX) };
    // XorShift, because ChaCha takes nine tenths of a law's time where nothing is optimized.
    let rng_algorithm = RngAlgorithm::XorShift;
    // A law that draws few inputs takes long for each: no one waits for thousands of smaller ones. And where each call takes
    // very long, a larger counterexample must do; `PROPTEST_MAX_SHRINK_ITERS` and `PROPTEST_MAX_SHRINK_TIME` say otherwise.
    let max_shrink_iters = match config.max_shrink_iters {
        _ if inside::ends_at_first() => 0,
        u32::MAX => given.cases.saturating_mul(16).clamp(256, 4096),
        asked => asked,
    };
    let allowed_in_ms = u32::try_from(allowed.as_millis()).unwrap_or(u32::MAX);
    let max_shrink_time = if config.max_shrink_time == 0 { allowed_in_ms } else { config.max_shrink_time };
    let shrinking = Config { max_shrink_iters, max_shrink_time, ..config };
    let mut runner = TestRunner::new(Config { cases, rng_algorithm, ..shrinking });
    let try_one = &|input: &Input| {
        call::begins(input, current, granted, allowed);
        trace::input(|| with_names(given.names, input.shown()));
        attempt(|| law(&**input))
    };
    let (hopeless, drawn, failed_at) = (Cell::new(false), Cell::new(0), Cell::new(u32::MAX));
    let repeats = Repeats::default();
    let outcome = runner.run(&Neighbors::of(given.inputs.clone()), |input| {
        drawn.set(drawn.get() + 1);
        if hopeless.get() {
            // Nothing to shrink: every input meets the same todo!(), or no one answers any more.
            return Ok(());
        }
        try_one(&input).and_then(|()| repeats.try_again(&input, drawn.get(), try_one)).map_err(|broken| {
            hopeless.set(!broken.can_shrink() || repeats.found());
            failed_at.set(failed_at.get().min(drawn.get()));
            TestCaseError::fail(String::new())
        })
    });
    let closest = take_closest();
    let (with, broken) = match outcome {
        Ok(()) => match repeats.first_once_more(try_one) {
            // Counted, not believed: a law that tried nothing must not look as if it held.
            None => return Record::new(id, String::new(), drawn.get(), closest, None),
            Some((first, broken)) => (with_names(given.names, first.shown()), broken),
        },
        Err(TestError::Fail(_, smallest)) => {
            let broken = match repeats.broken() {
                Some(broken) => broken,
                None => trace::aloud(|| try_one(&smallest)).err().unwrap_or_else(unsteady),
            };
            let with = with_names(given.names, smallest.shown());
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
