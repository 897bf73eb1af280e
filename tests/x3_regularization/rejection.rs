//! Inputs that are rejected. Where more than one reason applies, each of them is right.

use std::fmt::{Debug, Display};

use judge::{Broken, Verdict, ensure};
use kit::InputError;

/// The input is rejected for one of these reasons.
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

/// Why a number is rejected: it is not finite, or outside of the range. One that is infinite is both.
pub fn reasons(name: &'static str, index: usize, got: f64, wanted: &'static str) -> Vec<InputError> {
    let not_finite = (!got.is_finite()).then_some(InputError::NotFinite { name, index });
    let outside = (!got.is_nan()).then_some(InputError::OutOfRange { name, got, wanted });
    not_finite.into_iter().chain(outside).collect()
}
