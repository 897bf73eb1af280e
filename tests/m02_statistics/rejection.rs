//! Inputs to which more than one reason applies: each of them is right.

use std::fmt::{Debug, Display};

use judge::{Broken, Verdict, ensure};
use kit::InputError;

/// The input is rejected for one of these reasons.
pub(crate) fn rejected_for<T: Debug>(
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
