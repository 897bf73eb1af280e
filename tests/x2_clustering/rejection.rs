//! Inputs that are rejected. Where more than one reason applies, each of them is right.

use std::fmt::Debug;

use judge::{Verdict, rejected, rejected_for};
use kit::{InputError, Matrix};

use super::draw::{Fault, counting_but};

/// A matrix of this name is rejected if a number in one place is not finite, and if it is above 10¹⁵⁰ in size.
pub fn rejects_invalid<T: Debug>(
    call: &str,
    name: &'static str,
    &(shape, place, bad): &Fault,
    large: f64,
    asked: impl Fn(&Matrix) -> Result<T, InputError>,
) -> Verdict {
    let out = |got| InputError::OutOfRange { name, got, wanted: "at most 10¹⁵⁰ in size" };
    let mut wants = vec![InputError::NotFinite { name, index: place[0] * shape[1] + place[1] }];
    if bad.is_infinite() {
        wants.push(out(bad));
    }
    let look = "Check all entries; count row after row.";
    // The first one counts, and there may be another one behind it.
    let with_last = |first: f64, other: f64| {
        let mut x = counting_but(shape, place, first);
        let last = [shape[0] - 1, shape[1] - 1];
        if place != last {
            x[(last[0], last[1])] = other;
        }
        x
    };
    rejected_for(call, asked(&with_last(bad, bad)), &wants, look)?;
    let other = if large == f64::MAX { -2e200 } else { f64::MAX };
    let got = asked(&with_last(large, other));
    let look = "Numbers are at most 10¹⁵⁰ in size; the first that is not is named.";
    rejected(call, got, out(large), look)
}

/// Points and centers are rejected if they have d and e features, and if there is nothing of either.
pub fn rejects_misfits<T: Debug>(
    call: &str,
    [d, e]: [usize; 2],
    asked: impl Fn(&Matrix, &Matrix) -> Result<T, InputError>,
) -> Verdict {
    let of = |rows: usize, cols: usize| Matrix::from_fn(rows, cols, |i, j| (i + j) as f64);
    let want = InputError::ShapeMismatch { left: (3, d), right: (2, e) };
    let look = "Points and centers have the same features.";
    rejected(call, asked(&of(3, d), &of(2, e)), want, look)?;
    let few = InputError::TooFew { got: 0, wanted: 1 };
    let look = "At least one point, one feature and one center.";
    rejected(call, asked(&of(0, d), &of(2, d)), few.clone(), look)?;
    rejected(call, asked(&of(2, d), &of(0, d)), few.clone(), look)?;
    rejected(call, asked(&of(2, 0), &of(2, 0)), few, look)
}
