use crate::reference::m01_linear_algebra::vectors as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Norm = fn(&[f64]) -> f64;

/// The kata, answered by a specimen.
pub fn norm(x: &[f64]) -> f64 {
    answering::<Norm>(
        module_path!(),
        reference::norm,
        &[
            wheat("three_sums", "sums huge, tiny and other squares separately (Blue)", three_sums),
            wheat("one_pass", "keeps the largest entry so far and the sum relative to it (LAPACK)", one_pass),
            wheat("hypot_after_nan", "applies `hypot` to one entry after the other", |x| {
                if x.iter().any(|x| x.is_nan()) {
                    f64::NAN
                } else {
                    x.iter().fold(0.0, |sum, x| x.hypot(sum))
                }
            }),
            wheat(
                "rescued",
                "squares at once, and again with a scale if that overflows or underflows",
                |x| {
                    let root = |a: f64| x.iter().map(|x| (x * a).powi(2)).sum::<f64>().sqrt() / a;
                    let plain = root(1.0);
                    if x.iter().any(|x| !x.is_finite()) || (1e-140..1e140).contains(&plain) {
                        return plain;
                    }
                    // The entries lie between 2⁻¹⁰²² and 2¹⁰²²: one of the two brings the largest near 1.
                    if plain > 1.0 { root(2_f64.powi(-600)) } else { root(2_f64.powi(600)) }
                },
            ),
            wheat("knockout", "applies `hypot` pairwise, in a tree", |x| {
                let mut sides: Vec<f64> = x.iter().map(|x| x.abs()).collect();
                while sides.len() > 1 {
                    let longer =
                        |pair: &[f64]| if pair.len() == 2 { pair[0].hypot(pair[1]) } else { pair[0] };
                    sides = sides.chunks(2).map(longer).collect();
                }
                if x.iter().any(|x| x.is_nan()) { f64::NAN } else { sides.first().copied().unwrap_or(0.0) }
            }),
            chaff("squares_out_of_range", "The square of an `f64` neither overflows nor underflows.", naive),
            chaff("not_rooted", "The norm is the sum of the squares.", |x| x.iter().map(|x| x * x).sum()),
            chaff("taxicab", "The norm is the sum of the absolute values.", |x| {
                x.iter().map(|x| x.abs()).sum()
            }),
            chaff("largest_entry", "The norm is the largest absolute value.", |x| {
                x.iter().fold(0.0, |largest: f64, x| if x.is_nan() { *x } else { largest.max(x.abs()) })
            }),
            chaff("root_of_the_sum", "The square root of a sum of squares is the sum itself.", |x| {
                x.iter().sum::<f64>().abs()
            }),
            chaff("root_mean_square", "The norm is the root mean square.", |x| {
                reference::norm(x) / (x.len().max(1) as f64).sqrt()
            }),
            chaff("hypot_chain", "`hypot` propagates every NaN.", |x| {
                x.iter().fold(0.0, |sum, x| x.hypot(sum))
            }),
            chaff("nan_swallowed", "`f64::max` propagates NaN.", |x| {
                let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
                if largest == 0.0 || largest.is_infinite() { largest } else { relative_to(largest, x) }
            }),
            chaff("zero_over_zero", "The largest entry is never 0.", |x| {
                let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
                if largest.is_infinite() { reference::norm(x) } else { relative_to(largest, x) }
            }),
            chaff("infinity_over_infinity", "The largest entry is never infinite.", |x| {
                let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
                if largest == 0.0 { reference::norm(x) } else { relative_to(largest, x) }
            }),
            chaff("relative_to_the_first", "Any nonzero entry may be the scale.", |x| {
                let first = x.iter().find(|x| **x != 0.0);
                if x.iter().all(|x| x.is_finite()) {
                    first.map_or(0.0, |first| relative_to(first.abs(), x))
                } else {
                    reference::norm(x)
                }
            }),
            chaff("only_overflow", "Only overflow has to be avoided, not underflow.", |x| {
                if naive(x).is_infinite() { reference::norm(x) } else { naive(x) }
            }),
            chaff("only_underflow", "Only underflow has to be avoided, not overflow.", |x| {
                if naive(x) < 1e-100 { reference::norm(x) } else { naive(x) }
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last entry.", |x| {
                reference::norm(&x[..x.len().saturating_sub(1)])
            }),
            chaff("rest_missing", "The length is a multiple of four.", |x| {
                if x.len() < 8 { reference::norm(x) } else { reference::norm(&x[..x.len() / 4 * 4]) }
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |x| {
                let root = (reference::norm(x) as f32).sqrt();
                if (1e-30..1e30).contains(&root) { f64::from(root * root) } else { reference::norm(x) }
            }),
            chaff("empty_is_nan", "The norm of an empty vector is undefined.", |x| {
                if x.is_empty() { f64::NAN } else { reference::norm(x) }
            }),
            chaff("until_it_is_zero", "A sum of squares that is not 0 has lost no digits.", |x| {
                let naive = naive(x);
                let lost = naive == 0.0 || naive.is_infinite() || naive.is_nan();
                if lost { reference::norm(x) } else { naive }
            }),
            chaff("rest_of_the_eights", "The length of a long vector is a multiple of eight.", |x| {
                let end = if x.len() < 64 { x.len() } else { x.len() / 8 * 8 };
                reference::norm(&x[..end])
            }),
            chaff("tiny_is_0", "A norm below 10⁻³⁰⁵ is 0.", |x| {
                let norm = reference::norm(x);
                if norm < 1e-305 { 0.0 } else { norm }
            }),
            chaff("single_square", "If one square fits, the sum of all fits.", |x| {
                let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
                if largest < 1e-120 || largest > f64::MAX.sqrt() {
                    return reference::norm(x);
                }
                naive(x)
            }),
        ],
    )(x)
}

fn naive(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

fn relative_to(scale: f64, x: &[f64]) -> f64 {
    scale * x.iter().map(|x| (x / scale).powi(2)).sum::<f64>().sqrt()
}

fn three_sums(x: &[f64]) -> f64 {
    let (grow, shrink) = (2_f64.powi(600), 2_f64.powi(-600));
    let [mut huge, mut medium, mut tiny] = [0.0; 3];
    for x in x {
        match x.abs() {
            size if size > 1e140 => huge += (x * shrink).powi(2),
            size if size < 1e-140 => tiny += (x * grow).powi(2),
            // A NaN is neither huge nor tiny.
            _ => medium += x * x,
        }
    }
    if huge > 0.0 {
        // Next to a huge entry the tiny ones are lost in rounding; the medium ones are not, and a NaN must not be.
        (huge + medium * shrink * shrink).sqrt() * grow
    } else if tiny > 0.0 && medium == 0.0 {
        tiny.sqrt() * shrink
    } else {
        (medium + tiny * shrink * shrink).sqrt()
    }
}

fn one_pass(x: &[f64]) -> f64 {
    let (mut scale, mut sum) = (0.0, 1.0);
    for x in x.iter().map(|x| x.abs()) {
        if x.is_nan() {
            return x;
        }
        if x > scale {
            sum = 1.0 + sum * (scale / x) * (scale / x);
            scale = x;
        } else if x > 0.0 && x < f64::INFINITY {
            sum += (x / scale) * (x / scale);
        }
    }
    scale * f64::sqrt(sum)
}
