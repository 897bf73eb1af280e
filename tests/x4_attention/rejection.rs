//! Inputs that are rejected. Where more than one reason applies, each of them is right.

use kit::InputError;

/// The look of a number that is not finite or too large.
pub const ALL_NUMBERS: &str = "Check all numbers: finite, and at most 10⁶⁰ in size.";

/// Why a number is rejected: it is not finite, or too large. One that is infinite is both.
pub fn reasons(name: &'static str, index: usize, got: f64) -> Vec<InputError> {
    let not_finite = (!got.is_finite()).then_some(InputError::NotFinite { name, index });
    let wanted = "at most 10⁶⁰ in size";
    let outside = (!got.is_nan()).then_some(InputError::OutOfRange { name, got, wanted });
    not_finite.into_iter().chain(outside).collect()
}

/// The reason for nothing where something is needed.
pub const NOTHING: InputError = InputError::TooFew { got: 0, wanted: 1 };

/// The reason for two shapes that do not fit.
pub fn shapes(left: (usize, usize), right: (usize, usize)) -> InputError {
    InputError::ShapeMismatch { left, right }
}
