//! What the two ends of a call know of each other's tensors while it lasts.
//!
//! Each tensor with a graph, and each variable, has a number in the call in which it is sent. Calls are nested: a function
//! of the laws that a kata asks may ask a kata.

use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use candle_core::{Tensor, Var};

use super::numbers;
use crate::value::Encode;
#[cfg(feature = "proxy")]
use crate::value::{Decode, Malformed, Reader};

/// A call, and what was sent in it.
#[derive(Default)]
struct CallContext {
    /// Tensors that the other end may ask the gradients of, or knows the gradients for.
    known: Vec<(u64, Tensor)>,
    /// Variables that both ends have.
    shared: Vec<SharedVariable>,
}

struct SharedVariable {
    number: u64,
    var: Var,
    /// Its numbers when the other end heard of it last.
    last: Vec<u8>,
}

/// How this end asks the other one for gradients: what speaks to it says how.
pub(crate) static ASK: OnceLock<AskGradients> = OnceLock::new();

/// Sends a question and gives back what is answered.
pub(crate) type AskGradients = fn(&[u8]) -> Vec<u8>;

thread_local! {
    static CALLS: RefCell<Vec<CallContext>> = const { RefCell::new(Vec::new()) };
}

/// A call begins.
pub(crate) fn enter() {
    CALLS.with_borrow_mut(|calls| calls.push(CallContext::default()));
}

/// The innermost call ends.
pub(crate) fn leave() {
    drop(CALLS.with_borrow_mut(Vec::pop));
}

fn with_call<T>(of: impl FnOnce(&mut CallContext) -> T) -> Option<T> {
    CALLS.with_borrow_mut(|calls| calls.last_mut().map(of))
}

/// A number that no other tensor of either end has.
pub(super) fn number() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let ours = if cfg!(feature = "proxy") { 0 } else { 1 << 63 };
    ours | COUNT.fetch_add(1, Ordering::Relaxed)
}

/// A tensor is known to the other end by this number, as long as the innermost call lasts; whether there is one.
pub(super) fn know(number: u64, tensor: &Tensor) -> bool {
    with_call(|call| call.known.push((number, tensor.clone()))).is_some()
}

/// What the innermost call knows.
pub(super) fn known() -> Vec<(u64, Tensor)> {
    with_call(|call| call.known.clone()).unwrap_or_default()
}

/// What all calls know that have not ended.
#[cfg(not(feature = "proxy"))]
pub(super) fn known_to_all() -> Vec<(u64, Tensor)> {
    CALLS.with_borrow(|calls| calls.iter().flat_map(|it| it.known.clone()).collect())
}

/// The variables that both ends have in the innermost call.
#[cfg(not(feature = "proxy"))]
pub(super) fn shared() -> Vec<(u64, Tensor)> {
    let one = |it: &SharedVariable| (it.number, it.var.as_tensor().clone());
    with_call(|call| call.shared.iter().map(one).collect()).unwrap_or_default()
}

/// Both ends have this variable from now on, as it is now.
pub(super) fn share(number: u64, var: &Var) {
    let mut last = Vec::new();
    numbers::put(var, &mut last);
    with_call(|call| {
        call.known.push((number, var.as_tensor().clone()));
        call.shared.push(SharedVariable { number, var: var.clone(), last });
    });
}

/// The number of a variable that both ends have.
pub(super) fn number_of(var: &Var) -> Option<u64> {
    let is_it = |it: &&SharedVariable| it.var.id() == var.id();
    with_call(|call| call.shared.iter().find(is_it).map(|it| it.number)).flatten()
}

/// The tensor of this number, in whatever call that has not ended.
pub(super) fn find(number: u64) -> Option<Tensor> {
    let known = |call: &CallContext| call.known.iter().find(|it| it.0 == number).map(|it| it.1.clone());
    CALLS.with_borrow(|calls| calls.iter().rev().find_map(known))
}

/// Appends the variables that have changed since the other end heard of them.
pub(crate) fn put_changes(out: &mut Vec<u8>) {
    let mut changes: Vec<(u64, Vec<u8>)> = Vec::new();
    CALLS.with_borrow_mut(|calls| {
        for shared in calls.iter_mut().flat_map(|call| &mut call.shared) {
            let mut now = Vec::new();
            numbers::put(&shared.var, &mut now);
            if now != shared.last {
                shared.last.clone_from(&now);
                changes.push((shared.number, now));
            }
        }
    });
    changes.len().encode(out);
    for (number, bytes) in changes {
        number.encode(out);
        out.extend(bytes);
    }
}

/// Sets the variables that have changed at the other end.
#[cfg(feature = "proxy")]
pub(crate) fn take_changes(from: &mut Reader<'_>) -> Result<(), Malformed> {
    for _ in 0..from.count()? {
        let (number, value) = (u64::decode(from)?, numbers::take(from)?);
        let set = |call: &mut CallContext| {
            let shared = call.shared.iter_mut().find(|it| it.number == number)?;
            shared.last.clear();
            numbers::put(&value, &mut shared.last);
            shared.var.set(&value).ok()
        };
        CALLS.with_borrow_mut(|calls| calls.iter_mut().rev().find_map(set)).ok_or(Malformed)?;
    }
    Ok(())
}
