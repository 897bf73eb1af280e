//! The same input once more: what a call leaves behind must not show in a later one.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use crate::broken::{Broken, Kind, Verdict};
use crate::drawn::Input;

/// Every so many inputs one is tried twice in a row.
const PERIOD: u32 = 32;
/// A law that has taken longer than this is not made longer.
const ENOUGH: Duration = Duration::from_secs(1);

/// Tries some inputs again: one in a while at once, and the first one after all others.
pub(crate) struct Repeats {
    began: Instant,
    first: RefCell<Option<Input>>,
    others: Cell<bool>,
    broken: RefCell<Option<Broken>>,
}

impl Default for Repeats {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            first: RefCell::default(),
            others: Cell::new(false),
            broken: RefCell::default(),
        }
    }
}

impl Repeats {
    /// Tries an input that was answered rightly once more, if it is its turn.
    pub(crate) fn try_again(
        &self,
        input: &Input,
        drawn: u32,
        try_one: &dyn Fn(&Input) -> Verdict,
    ) -> Verdict {
        if self.first.borrow().is_none() {
            self.first.replace(Some(Input::clone(input)));
        } else {
            self.others.set(true);
        }
        if drawn % PERIOD != 1 || self.began.elapsed() > ENOUGH {
            return Ok(());
        }
        try_one(input).map_err(|later| self.note(&later))
    }

    /// Tries the first input again after other ones; gives it back if it is answered wrongly now.
    pub(crate) fn first_once_more(&self, try_one: &dyn Fn(&Input) -> Verdict) -> Option<(Input, Broken)> {
        let first = self.first.take()?;
        if !self.others.get() || self.began.elapsed() > ENOUGH {
            return None;
        }
        let later = try_one(&first).err()?;
        Some((first, self.note(&later)))
    }

    /// Whether the same input was answered rightly first and wrongly later.
    pub(crate) fn found(&self) -> bool {
        self.broken.borrow().is_some()
    }

    /// What was found, if the same input was answered rightly first and wrongly later.
    pub(crate) fn broken(&self) -> Option<Broken> {
        self.broken.take()
    }

    /// Smaller inputs would say no more, and less where only the second call is wrong.
    fn note(&self, later: &Broken) -> Broken {
        let broken = Broken {
            kind: Kind::Unsteady,
            got: format!("right at first, and in a later call with the same input: {}", later.got),
            want: "the same answer to the same input".to_owned(),
            look: "What outlives the call: a static, a thread-local, a cache, the clock?".to_owned(),
            place: None,
        };
        self.broken.replace(Some(broken.clone()));
        broken
    }
}
