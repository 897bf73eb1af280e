//! Candidates for the dot product that are wrong where lengths are unequal, for empty vectors or for NaN.

use kit::InputError;

use super::claims::{Answer, Claim, by_definition, checked, sum};

pub const WRONG_REJECTION: [Claim; 11] = [
    Claim {
        says: "truncates the longer vector",
        answer: |x, y| Ok(x.iter().zip(y).map(|(x, y)| x * y).sum()),
        seen_on: (&[1.0, 2.0], &[3.0]),
    },
    Claim {
        says: "truncates a longer y, and rejects only a longer x",
        answer: |x, y| if x.len() < y.len() { by_definition(x, &y[..x.len()]) } else { by_definition(x, y) },
        seen_on: (&[1.0], &[3.0, 2.0]),
    },
    Claim {
        says: "swaps the two lengths in the error",
        answer: |x, y| if x.len() == y.len() { by_definition(x, y) } else { by_definition(y, x) },
        seen_on: (&[1.0, 2.0], &[3.0]),
    },
    Claim {
        says: "rejects unequal lengths with another error",
        answer: |x, y| by_definition(x, y).map_err(|_| InputError::TooFew { got: y.len(), wanted: x.len() }),
        seen_on: (&[1.0, 2.0], &[3.0]),
    },
    Claim {
        says: "rejects empty vectors",
        answer: |x, y| {
            if x.is_empty() && y.is_empty() {
                Err(InputError::TooFew { got: 0, wanted: 1 })
            } else {
                by_definition(x, y)
            }
        },
        seen_on: (&[], &[]),
    },
    Claim {
        says: "rejects every input",
        answer: |x, y| Err(InputError::LengthMismatch { left: x.len(), right: y.len() }),
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "repeats a single entry (broadcasting)",
        answer: |x, y| match (x, y) {
            ([x], y) => Ok(y.iter().map(|y| x * y).sum()),
            (x, [y]) => Ok(x.iter().map(|x| x * y).sum()),
            _ => by_definition(x, y),
        },
        seen_on: (&[2.0], &[1.0, 1.0]),
    },
    Claim {
        says: "returns 0 if one of the vectors is empty",
        answer: |x, y| if x.is_empty() || y.is_empty() { Ok(0.0) } else { by_definition(x, y) },
        seen_on: (&[], &[1.0]),
    },
    Claim {
        says: "returns 0 for an empty x, whatever y is",
        answer: |x, y| if x.is_empty() { Ok(0.0) } else { by_definition(x, y) },
        seen_on: (&[], &[1.0]),
    },
    Claim {
        says: "returns 0 for an empty y, whatever x is",
        answer: |x, y| if y.is_empty() { Ok(0.0) } else { by_definition(x, y) },
        seen_on: (&[1.0], &[]),
    },
    Claim {
        says: "reports the length of x for both",
        answer: |x, y| {
            by_definition(x, y).map_err(|_| InputError::LengthMismatch { left: x.len(), right: x.len() })
        },
        seen_on: (&[1.0, 2.0], &[3.0]),
    },
];

/// Products that are NaN are skipped where `is_skipped` says so: of the index and n.
fn without_nan(x: &[f64], y: &[f64], is_skipped: fn(usize, usize) -> bool) -> Answer {
    let n = checked(x, y)?;
    Ok((0..n).map(|i| if (x[i] * y[i]).is_nan() && is_skipped(i, n) { 0.0 } else { x[i] * y[i] }).sum())
}

pub const WRONG_CORNER: [Claim; 9] = [
    Claim {
        says: "skips products that are NaN, but for the first",
        answer: |x, y| without_nan(x, y, |i, _| i > 0),
        seen_on: (&[1.0, f64::NAN], &[1.0, 1.0]),
    },
    Claim {
        says: "skips products that are NaN, but for the last",
        answer: |x, y| without_nan(x, y, |i, n| i + 1 < n),
        seen_on: (&[f64::NAN, 1.0], &[1.0, 1.0]),
    },
    Claim {
        says: "skips a NaN in x",
        answer: |x, y| sum(x, y, |x, y| if x.is_nan() { 0.0 } else { x * y }),
        seen_on: (&[f64::NAN], &[1.0]),
    },
    Claim {
        says: "skips a NaN in y",
        answer: |x, y| sum(x, y, |x, y| if y.is_nan() { 0.0 } else { x * y }),
        seen_on: (&[1.0], &[f64::NAN]),
    },
    Claim {
        says: "skips the zeros of x, and with them a NaN in y",
        answer: |x, y| sum(x, y, |x, y| if x == 0.0 { 0.0 } else { x * y }),
        seen_on: (&[1.0, 0.0], &[1.0, f64::NAN]),
    },
    Claim {
        says: "skips the zeros of y, and with them a NaN in x",
        answer: |x, y| sum(x, y, |x, y| if y == 0.0 { 0.0 } else { x * y }),
        seen_on: (&[1.0, f64::NAN], &[1.0, 0.0]),
    },
    Claim {
        says: "rejects a NaN",
        answer: |x, y| match by_definition(x, y)? {
            sum if sum.is_nan() => Err(InputError::NotFinite { name: "x", index: 0 }),
            sum => Ok(sum),
        },
        seen_on: (&[f64::NAN], &[1.0]),
    },
    Claim {
        says: "returns NaN for all but empty vectors",
        answer: |x, y| Ok(if checked(x, y)? == 0 { 0.0 } else { f64::NAN }),
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "returns 1 for empty vectors",
        answer: |x, y| if x.is_empty() && y.is_empty() { Ok(1.0) } else { by_definition(x, y) },
        seen_on: (&[], &[]),
    },
];
