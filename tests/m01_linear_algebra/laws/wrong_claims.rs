//! Wrong candidates for the dot product, by their mistake; each comes with vectors to show it.

use kit::InputError;

use super::claims::{Claim, by_definition, checked, sum};

pub const WRONG_FORMULA: [Claim; 7] = [
    Claim { says: "is always 0", answer: |x, y| sum(x, y, |x, y| x * y * 0.0), seen_on: (&[1.0], &[1.0]) },
    Claim {
        says: "multiplies the two sums",
        answer: |x, y| Ok(sum(x, y, |x, _| x)? * sum(x, y, |_, y| y)?),
        seen_on: (&[1.0, 0.0], &[0.0, 1.0]),
    },
    Claim {
        says: "multiplies x with itself",
        answer: |x, y| sum(x, y, |x, y| x * x + 0.0 * y),
        seen_on: (&[2.0], &[1.0]),
    },
    Claim {
        says: "adds instead of multiplying",
        answer: |x, y| sum(x, y, |x, y| x + y),
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "divides by the number of entries",
        answer: |x, y| Ok(by_definition(x, y)? / checked(x, y)?.max(1) as f64),
        seen_on: (&[1.0, 1.0], &[1.0, 1.0]),
    },
    Claim {
        says: "reverses the second vector",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[n - 1 - i]).sum())
        },
        seen_on: (&[1.0, 0.0], &[1.0, 0.0]),
    },
    Claim {
        says: "divides by both norms (the cosine similarity)",
        answer: |x, y| {
            let lengths = by_definition(x, x)?.sqrt() * by_definition(y, y)?.sqrt();
            let product = by_definition(x, y)?;
            Ok(if lengths == 0.0 { product } else { product / lengths })
        },
        seen_on: (&[2.0], &[1.0]),
    },
];

pub const WRONG_SIGN: [Claim; 5] = [
    Claim {
        says: "takes absolute values",
        answer: |x, y| sum(x, y, |x, y| (x * y).abs()),
        seen_on: (&[1.0], &[-1.0]),
    },
    Claim {
        says: "leaves out negative products",
        answer: |x, y| sum(x, y, |x, y| (x * y).max(0.0) + x * y * 0.0),
        seen_on: (&[1.0], &[-1.0]),
    },
    Claim {
        says: "returns the absolute value",
        answer: |x, y| by_definition(x, y).map(f64::abs),
        seen_on: (&[1.0, -3.0], &[1.0, 1.0]),
    },
    Claim {
        says: "takes the absolute values of x only",
        answer: |x, y| sum(x, y, |x, y| x.abs() * y),
        seen_on: (&[-1.0], &[1.0]),
    },
    Claim {
        says: "takes the absolute values of y only",
        answer: |x, y| sum(x, y, |x, y| x * y.abs()),
        seen_on: (&[1.0], &[-1.0]),
    },
];

pub const WRONG_LENGTH: [Claim; 13] = [
    Claim {
        says: "uses only the first eight entries",
        answer: |x, y| Ok((0..checked(x, y)?).map(|i| x[i] * y[i] * f64::from(i < 8)).sum()),
        seen_on: (&[1.0; 9], &[1.0; 9]),
    },
    Claim {
        says: "rejects vectors of more than twelve entries",
        answer: |x, y| {
            if x.len() > 12 {
                Err(InputError::TooFew { got: 12, wanted: x.len() })
            } else {
                by_definition(x, y)
            }
        },
        seen_on: (&[1.0; 13], &[1.0; 13]),
    },
    Claim {
        says: "misses the last entry",
        answer: |x, y| {
            let n = checked(x, y)?;
            // A NaN there is noticed all the same.
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(i + 1 < n)).sum())
        },
        seen_on: (&[1.0, 1.0], &[1.0, 1.0]),
    },
    Claim {
        says: "misses the first entry",
        answer: |x, y| Ok((0..checked(x, y)?).map(|i| x[i] * y[i] * f64::from(i > 0)).sum()),
        seen_on: (&[1.0, 1.0], &[1.0, 1.0]),
    },
    Claim {
        says: "uses only the first three entries",
        answer: |x, y| Ok((0..checked(x, y)?).map(|i| x[i] * y[i] * f64::from(i < 3)).sum()),
        seen_on: (&[1.0, 1.0, 1.0, 1.0], &[1.0, 1.0, 1.0, 1.0]),
    },
    Claim {
        says: "takes four entries at a time and ignores the rest of eight or more",
        answer: |x, y| {
            let n = checked(x, y)?;
            let end = if n < 8 { n } else { n / 4 * 4 };
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(i < end)).sum())
        },
        seen_on: (&[1.0; 9], &[1.0; 9]),
    },
    Claim {
        says: "uses only the first fifteen entries",
        answer: |x, y| Ok((0..checked(x, y)?).map(|i| x[i] * y[i] * f64::from(i < 15)).sum()),
        seen_on: (&[1.0; 16], &[1.0; 16]),
    },
    Claim {
        says: "stops at the first product that is 0",
        answer: |x, y| {
            checked(x, y)?;
            Ok(x.iter().zip(y).map(|(x, y)| x * y).take_while(|term| *term != 0.0).sum())
        },
        seen_on: (&[0.0, 1.0], &[1.0, 1.0]),
    },
    Claim {
        says: "misses the middle entry of three or more",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(n < 3 || i != n / 2)).sum())
        },
        seen_on: (&[1.0, 1.0, 1.0], &[1.0, 1.0, 1.0]),
    },
    Claim {
        says: "takes four entries at a time, and of a rest only the first one",
        answer: |x, y| {
            let n = checked(x, y)?;
            let end = if n < 4 { n } else { n / 4 * 4 + 1 };
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(i < end)).sum())
        },
        seen_on: (&[1.0; 6], &[1.0; 6]),
    },
    Claim {
        says: "takes two entries for a complex number",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * if n == 2 && i == 1 { -1.0 } else { 1.0 }).sum())
        },
        seen_on: (&[1.0; 2], &[1.0; 2]),
    },
    Claim {
        says: "misses the last entry of more than ten",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(n <= 10 || i + 1 < n)).sum())
        },
        seen_on: (&[1.0; 11], &[1.0; 11]),
    },
    Claim {
        says: "counts the first entry twice if there are five or more",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * if n > 4 && i == 0 { 2.0 } else { 1.0 }).sum())
        },
        seen_on: (&[1.0; 5], &[1.0; 5]),
    },
];

pub const WRONG_PRECISION: [Claim; 5] = [
    Claim {
        says: "has a relative error of 10⁻⁸",
        answer: |x, y| by_definition(x, y).map(|sum| sum * (1.0 + 1e-8)),
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "computes in f32",
        answer: |x, y| sum(x, y, |x, y| f64::from(x as f32 * y as f32)),
        seen_on: (&[0.1], &[0.7]),
    },
    Claim {
        says: "rounds to four decimals",
        answer: |x, y| by_definition(x, y).map(|sum| (sum * 1e4).round() / 1e4),
        seen_on: (&[0.125], &[0.0625]),
    },
    Claim {
        says: "has a relative error of 1.5·10⁻⁹",
        answer: |x, y| by_definition(x, y).map(|sum| sum * (1.0 + 1.5e-9)),
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "has a relative error of 4·10⁻⁹",
        answer: |x, y| by_definition(x, y).map(|sum| sum * (1.0 + 4e-9)),
        seen_on: (&[1.0], &[1.0]),
    },
];

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

pub const WRONG_CORNER: [Claim; 6] = [
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
        says: "returns 1 for empty vectors",
        answer: |x, y| if x.is_empty() && y.is_empty() { Ok(1.0) } else { by_definition(x, y) },
        seen_on: (&[], &[]),
    },
];
