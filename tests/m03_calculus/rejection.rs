//! Rejections whose wording is left to the kata.

use std::fmt::{Debug, Display};

use judge::{Verdict, rejected};
use kit::InputError;

/// The parameter `name`, which is `value`, is rejected as out of range; in which words the range is told is open.
pub fn out_of_range<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    name: &'static str,
    value: f64,
    look: impl Display,
) -> Verdict {
    rejected(call, got, InputError::OutOfRange { name, got: value, wanted: "…" }, look)
}
