//! The call at work: since when, for which input, and until when it may take. A law that asks about several things on one input,
//! such as one that judges candidates, gives each the whole time: with every right answer the clock begins anew.

use std::cell::RefCell;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use crate::drawn::Input;
use crate::elsewhere::{self, Granted};
use crate::supervise::Current;

/// To look at the clock costs less than to set it.
const WORTH_IT: Duration = Duration::from_millis(100);

thread_local! {
    static CLOCK: RefCell<Option<Clock>> = const { RefCell::new(None) };
}

struct Clock {
    current: Current,
    granted: Granted,
    allowed: Duration,
    since: Instant,
}

impl Clock {
    fn set(&mut self, input: Option<Input>) {
        self.since = Instant::now();
        // A little earlier than the judge gives up: who forwards the call knows better what happened.
        elsewhere::wait_until(self.since + self.allowed * 19 / 20, &self.granted);
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let input = input.or_else(|| current.take().map(|(_, input)| input));
        *current = input.map(|input| (self.since, input));
    }
}

/// The kata is about to be called for this input.
pub(crate) fn begins(input: &Input, current: &Current, granted: &Granted, allowed: Duration) {
    let (current, granted, since) = (current.clone(), granted.clone(), Instant::now());
    let mut clock = Clock { current, granted, allowed, since };
    clock.set(Some(Input::clone(input)));
    CLOCK.set(Some(clock));
}

/// The kata has answered, and rightly so far.
pub(crate) fn answered() {
    CLOCK.with_borrow_mut(|clock| {
        if let Some(clock) = clock.as_mut().filter(|clock| clock.since.elapsed() > WORTH_IT) {
            clock.set(None);
        }
    });
}
