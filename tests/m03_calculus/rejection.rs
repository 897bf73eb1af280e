//! Rejections whose wording is left to the kata.

use std::fmt::{Debug, Display};

use judge::{Broken, Verdict, ensure, rejected};
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

/// The input is rejected for one of these reasons: where more than one applies, each of them is right.
pub fn rejected_for<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    wants: &[InputError],
    look: impl Display,
) -> Verdict {
    let right = got.as_ref().is_err_and(|got| wants.iter().any(|want| got.is_same_reason(want)));
    ensure(right, || {
        let wants: Vec<String> = wants.iter().map(|want| format!("Err({want:?})")).collect();
        Broken::answer(format!("{call} = {got:?}"), wants.join(" or "), look)
    })
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
