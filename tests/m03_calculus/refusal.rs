//! Refusals whose wording is left to the kata.

use std::fmt::{Debug, Display};

use judge::{Broken, Verdict, ensure};
use kit::InputError;

/// The parameter `name`, which is `value`, is refused as out of range; in which words the range is told is open.
pub fn out_of_range<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    name: &str,
    value: f64,
    look: impl Display,
) -> Verdict {
    let named = |refusal: &InputError| matches!(refusal, InputError::OutOfRange { name: n, got: v, .. } if *n == name && *v == value);
    ensure(got.as_ref().is_err_and(named), || {
        let want = format!("Err(OutOfRange {{ name: {name:?}, got: {value:?}, wanted: … }})");
        Broken::answer(format!("{call} = {got:?}"), want, look)
    })
}
