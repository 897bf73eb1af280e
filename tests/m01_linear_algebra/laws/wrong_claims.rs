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

pub const WRONG_LENGTH: [Claim; 16] = [
    Claim {
        says: "takes two entries at a time and forgets the last one of an odd number",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(i < n / 2 * 2)).sum())
        },
        seen_on: (&[1.0, 1.0, 1.0], &[1.0, 1.0, 1.0]),
    },
    Claim {
        says: "misses the only entry of a vector of length 1",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(n != 1)).sum())
        },
        seen_on: (&[1.0], &[1.0]),
    },
    Claim {
        says: "takes three entries at a time, and of a rest of two only the first one",
        answer: |x, y| {
            let n = checked(x, y)?;
            Ok((0..n).map(|i| x[i] * y[i] * f64::from(n % 3 != 2 || i + 1 < n)).sum())
        },
        seen_on: (&[1.0, 1.0], &[1.0, 1.0]),
    },
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
