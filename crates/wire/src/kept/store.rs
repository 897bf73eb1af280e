//! The worker's end.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::part::SharedPart;
use crate::value::{Malformed, Reader};

struct KeptValue {
    value: Rc<dyn Any>,
    variables: Rc<dyn SharedPart>,
}

#[derive(Default)]
struct Store {
    count: u64,
    all: HashMap<u64, KeptValue>,
}

thread_local! {
    static STORE: RefCell<Store> = RefCell::default();
}

/// Keeps a value; its number.
#[must_use]
pub fn keep<T: 'static>(value: T) -> u64 {
    let number = STORE.with_borrow_mut(|store| {
        store.count += 1;
        store.count
    });
    keep_as(number, value);
    number
}

pub(crate) fn keep_as<T: 'static>(number: u64, value: T) {
    let kept = KeptValue { value: Rc::new(value), variables: Rc::new(()) };
    // What stood there is dropped when nothing is borrowed: its author may have written how.
    let old = STORE.with_borrow_mut(|store| store.all.insert(number, kept));
    drop(old);
}

/// The value of this number.
pub(crate) fn find<T: 'static>(number: u64) -> Result<Rc<T>, Malformed> {
    let value = STORE.with_borrow(|store| store.all.get(&number).map(|it| Rc::clone(&it.value)));
    value.and_then(|it| it.downcast().ok()).ok_or(Malformed)
}

/// The object that a call begins with, its variables set as the laws have them; and its number.
///
/// # Errors
///
/// [`Malformed`] if there is none.
pub fn object<T: 'static>(from: &mut Reader<'_>) -> Result<(Rc<T>, u64), Malformed> {
    let number: u64 = from.decode()?;
    let variables = STORE.with_borrow(|store| store.all.get(&number).map(|it| Rc::clone(&it.variables)));
    variables.ok_or(Malformed)?.take(from)?;
    Ok((find(number)?, number))
}

/// From now on both ends have these variables of an object.
#[cfg_attr(not(feature = "candle"), allow(dead_code, reason = "without tensors no object has variables"))]
pub(crate) fn share(object: u64, variables: impl SharedPart + 'static) -> Result<(), Malformed> {
    STORE.with_borrow_mut(|store| {
        store.all.get_mut(&object).ok_or(Malformed)?.variables = Rc::new(variables);
        Ok(())
    })
}

/// The laws give these numbers back.
pub(crate) fn release(from: &mut Reader<'_>) -> Result<(), Malformed> {
    let numbers: Vec<u64> = from.decode()?;
    let dropped: Vec<KeptValue> =
        STORE.with_borrow_mut(|store| numbers.iter().filter_map(|number| store.all.remove(number)).collect());
    drop(dropped);
    Ok(())
}
