use std::cell::Cell;
use std::fmt::{Debug, Display};

use approx::AbsDiffEq;
use kit::InputError;

use crate::broken::{Broken, Kind, Verdict};
use crate::call;

thread_local! {
    /// The largest error seen, as a share of the tolerance that it was measured against.
    static CLOSEST: Cell<f64> = const { Cell::new(0.0) };
}

pub(crate) fn take_closest() -> f64 {
    CLOSEST.replace(0.0)
}

/// How far rounding may carry a result of about this size after this many operations.
///
/// The bound n·ε·size is the first-order one of error analysis, with ε = 2⁻⁵² twice the unit roundoff, so that it
/// also covers the rounding of the law's own arithmetic; the last term covers results below the normal numbers.
///
/// Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed., §3.1.
#[must_use]
pub fn rounding(operations: usize, size: f64) -> f64 {
    let operations = operations.max(1) as f64;
    operations * f64::EPSILON * size.abs() + operations * f64::from_bits(1)
}

/// The answer is this value, and no other.
///
/// # Errors
///
/// [`Broken`] if it is not; `call` names what was asked, `look` says where to look.
pub fn equal<T: PartialEq + Debug>(call: &str, got: T, want: T, look: impl Display) -> Verdict {
    ensure(got == want, || {
        let (got, want) = (format!("{got:?}"), format!("{want:?}"));
        // Printed alike and yet not equal: a NaN is not equal to itself.
        let expected = if got == want { format!("{want}, and no NaN in it") } else { want };
        Broken::answer(format!("{call} = {got}"), expected, look)
    })
}

/// The answer is this number, array or matrix, up to `tolerance` in each entry.
///
/// # Errors
///
/// [`Broken`] if it is not; `call` names what was asked, `look` says where to look.
pub fn close<T>(call: &str, got: T, want: T, tolerance: f64, look: impl Display) -> Verdict
where
    T: AbsDiffEq<Epsilon = f64> + Debug,
{
    note_closeness(&got, &want, tolerance);
    ensure(got.abs_diff_eq(&want, tolerance), || {
        let wanted = if tolerance < f64::MIN_POSITIVE {
            String::new()
        } else {
            format!(", give or take {tolerance:.1e}")
        };
        Broken::answer(format!("{call} = {got:?}"), format!("{want:?}{wanted}"), look)
    })
}

/// Finds by bisection which share of the tolerance would have sufficed: the type has no common notion of distance.
fn note_closeness<T: AbsDiffEq<Epsilon = f64>>(got: &T, want: &T, tolerance: f64) {
    let enough = |share: f64| got.abs_diff_eq(want, share * tolerance);
    let mut worst = CLOSEST.get();
    for share in [0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 3.0, 10.0, 100.0, 1e4, 1e6] {
        if share > worst && !enough(worst.max(f64::MIN_POSITIVE)) {
            worst = share;
        }
    }
    CLOSEST.set(worst);
}

/// The condition is true.
///
/// # Errors
///
/// What `otherwise` says, if it is not.
pub fn ensure(condition: bool, otherwise: impl FnOnce() -> Broken) -> Verdict {
    if !condition {
        return Err(otherwise());
    }
    call::answered();
    Ok(())
}

/// The input is rejected for this reason: the same variant with the same names and numbers, whatever its words.
///
/// # Errors
///
/// [`Broken`] if it is accepted, or rejected for another reason.
pub fn rejected<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    want: InputError,
    look: impl Display,
) -> Verdict {
    rejected_for(call, got, &[want], look)
}

/// The input is rejected for one of these reasons: where more than one applies, each of them is right.
///
/// # Errors
///
/// [`Broken`] if it is accepted, or rejected for another reason.
pub fn rejected_for<T: Debug>(
    call: &str,
    got: Result<T, InputError>,
    wants: &[InputError],
    look: impl Display,
) -> Verdict {
    let as_wanted = got.as_ref().is_err_and(|got| wants.iter().any(|want| got.is_same_reason(want)));
    ensure(as_wanted, || {
        let wants: Vec<String> = wants.iter().map(|want| format!("Err({want:?})")).collect();
        Broken::answer(format!("{call} = {got:?}"), wants.join(" or "), look)
    })
}

/// What a kata answered, where it may reject.
pub trait Answer<T> {
    /// The value; the input is one that must not be rejected.
    ///
    /// # Errors
    ///
    /// [`Broken`] if the kata rejected it.
    fn accepted(self, call: &str) -> Result<T, Broken>;

    /// The value, where it is not a kata's answer but what the law needs to ask, such as a data set.
    ///
    /// # Errors
    ///
    /// [`Broken`] of the kind [`Kind::Given`] if it is not there: the law is not judged, and no answer is to blame.
    fn given(self, what: &str) -> Result<T, Broken>;
}

impl<T, E: Debug + Display> Answer<T> for Result<T, E> {
    fn accepted(self, call: &str) -> Result<T, Broken> {
        self.map_err(|rejection| {
            let got = format!("{call} = Err({rejection:?})");
            let look = format!("It rejects what the documentation allows. Its reason: {rejection}.");
            Broken::answer(got, "Ok(…): this input is allowed", look)
        })
    }

    fn given(self, what: &str) -> Result<T, Broken> {
        self.map_err(|error| Broken {
            kind: Kind::Given,
            got: error.to_string(),
            want: format!("{what}, as published"),
            look: "The data are at fault, not your code. `cargo kata data` lists what is there.".to_owned(),
            place: None,
        })
    }
}
