//! The laws' end.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use super::part::SharedPart;
use crate::value::{Decode, Encode, Malformed, Reader};

/// The numbers that a worker need not keep any longer.
pub(crate) type Dropped = Arc<Mutex<Vec<u64>>>;

thread_local! {
    /// Where the numbers of this thread's worker go.
    static DROPPED: RefCell<Dropped> = RefCell::default();
}

/// From now on this thread asks the worker whose numbers go there.
pub(crate) fn asks(dropped: &Dropped) {
    DROPPED.set(Arc::clone(dropped));
}

/// A number that is given back with this value.
#[derive(Debug)]
pub struct Held {
    number: u64,
    dropped: Dropped,
}

impl Held {
    /// A number of the worker that this thread asks.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self { number, dropped: DROPPED.with_borrow(Arc::clone) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.dropped.lock().unwrap_or_else(PoisonError::into_inner).push(self.number);
    }
}

/// A value that stays with the worker.
#[derive(Debug, Clone)]
pub struct Object {
    held: Arc<Held>,
    variables: Arc<Mutex<Box<dyn SharedPart + Send>>>,
}

impl Object {
    /// The number by which the worker knows it.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.held.number
    }

    /// From now on both ends have these variables.
    #[cfg(feature = "candle")]
    pub(crate) fn share(&self, variables: impl SharedPart + Send + 'static) {
        *self.variables.lock().unwrap_or_else(PoisonError::into_inner) = Box::new(variables);
    }
}

impl Encode for Object {
    fn encode(&self, out: &mut Vec<u8>) {
        self.number().encode(out);
        self.variables.lock().unwrap_or_else(PoisonError::into_inner).put(out);
    }
}

impl Decode for Object {
    fn decode(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self { held: Arc::new(Held::new(from.decode()?)), variables: Arc::new(Mutex::new(Box::new(()))) })
    }
}
