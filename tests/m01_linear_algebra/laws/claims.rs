//! Candidates for the dot product, each with vectors to show what it does; the right ones.

use kit::{InputError, check};

pub type Answer = Result<f64, InputError>;

/// A candidate for the dot product.
pub struct Claim {
    /// What it does, or believes.
    pub says: &'static str,
    pub answer: fn(&[f64], &[f64]) -> Answer,
    /// Vectors on which it is wrong; or, for a right one, on which it rounds differently than from first to last.
    pub seen_on: (&'static [f64], &'static [f64]),
}

/// The length, checked; n is the length of both.
pub fn checked(x: &[f64], y: &[f64]) -> Result<usize, InputError> {
    check::same_length(x.len(), y.len())?;
    Ok(x.len())
}

/// The sum of what `term` gives, over all entries of two vectors of one length.
pub fn sum(x: &[f64], y: &[f64], term: fn(f64, f64) -> f64) -> Answer {
    checked(x, y)?;
    Ok(x.iter().zip(y).map(|(x, y)| term(*x, *y)).sum())
}

/// By definition, from the first product to the last.
pub fn by_definition(x: &[f64], y: &[f64]) -> Answer {
    sum(x, y, |x, y| x * y)
}

const TENTHS: (&[f64], &[f64]) = (&[0.1, 0.2, 0.3, -0.4, 0.5], &[1.0, 1.0, 1.0, 1.0, 1.0]);

pub const RIGHT: [Claim; 10] = [
    Claim { says: "adds the products from the first to the last", answer: by_definition, seen_on: TENTHS },
    Claim {
        says: "adds the products from the last to the first",
        answer: |x, y| Ok((0..checked(x, y)?).rev().fold(0.0, |sum, i| sum + x[i] * y[i])),
        seen_on: TENTHS,
    },
    Claim {
        says: "adds the even products, then the odd ones",
        answer: |x, y| {
            let n = checked(x, y)?;
            let every_other = |first: usize| (first..n).step_by(2).map(|i| x[i] * y[i]).sum::<f64>();
            Ok(every_other(0) + every_other(1))
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "rounds once for product and sum together (fused)",
        answer: |x, y| Ok((0..checked(x, y)?).fold(0.0, |sum, i| x[i].mul_add(y[i], sum))),
        seen_on: (&[0.1, 0.2, 0.3, -0.4, 0.5], &[0.1, 0.7, 0.3, 0.7, 0.9]),
    },
    Claim {
        says: "adds the positive and the negative products apart",
        answer: |x, y| {
            let n = checked(x, y)?;
            let (mut up, mut down) = (0.0, 0.0);
            for term in (0..n).map(|i| x[i] * y[i]) {
                if term < 0.0 { down += term } else { up += term }
            }
            Ok(up + down)
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "uses four accumulators",
        answer: |x, y| {
            let (n, mut sums) = (checked(x, y)?, [0.0; 4]);
            (0..n).for_each(|i| sums[i % 4] += x[i] * y[i]);
            Ok((sums[0] + sums[1]) + (sums[2] + sums[3]))
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "splits each entry of x into its leading and its trailing digits",
        answer: |x, y| {
            checked(x, y)?;
            let lead = |x: f64| f64::from_bits(x.to_bits() & !0x03ff_ffff);
            Ok(x.iter().zip(y).map(|(x, y)| lead(*x) * y + (x - lead(*x)) * y).sum())
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "sums pairwise, in a tree",
        answer: |x, y| {
            checked(x, y)?;
            let mut terms: Vec<f64> = x.iter().zip(y).map(|(x, y)| x * y).collect();
            while terms.len() > 1 {
                terms = terms.chunks(2).map(|pair| pair.iter().sum()).collect();
            }
            Ok(terms.first().copied().unwrap_or(0.0))
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "skips products with 0, unless the other entry is NaN",
        answer: |x, y| {
            sum(x, y, |x, y| {
                let is_skipped = (x == 0.0 || y == 0.0) && !x.is_nan() && !y.is_nan();
                if is_skipped { 0.0 } else { x * y }
            })
        },
        seen_on: TENTHS,
    },
    Claim {
        says: "uses compensated summation (Kahan)",
        answer: |x, y| {
            let n = checked(x, y)?;
            let (mut sum, mut lost) = (0.0, 0.0);
            for term in (0..n).map(|i| x[i] * y[i]) {
                let kept = term - lost;
                let next = sum + kept;
                (sum, lost) = (next, (next - sum) - kept);
            }
            Ok(sum)
        },
        seen_on: TENTHS,
    },
];
