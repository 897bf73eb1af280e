//! Rejections whose wording is left to the kata.

use std::fmt::{Debug, Display};

use judge::{Verdict, rejected, rejected_for};
use kit::InputError;

/// The parameter `name`, which is `value`, is rejected as out of range; the words for the range are open.
pub fn out_of_range<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    name: &'static str,
    value: f64,
    look: impl Display,
) -> Verdict {
    rejected(call, got, InputError::OutOfRange { name, got: value, wanted: "…" }, look)
}

/// The number `name`, which is not finite, is rejected for that, or as out of range where it is out of range as well.
pub fn not_finite<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    (name, index): (&'static str, usize),
    out_of_range: Option<f64>,
    look: impl Display,
) -> Verdict {
    let range = out_of_range.map(|got| InputError::OutOfRange { name, got, wanted: "…" });
    let wants: Vec<_> = std::iter::once(InputError::NotFinite { name, index }).chain(range).collect();
    rejected_for(call, got, &wants, look)
}
