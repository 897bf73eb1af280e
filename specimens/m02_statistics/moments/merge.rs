use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m02_statistics::moments::{self as reference, Moments};

type Merge = fn(Moments, Moments) -> Moments;

/// The kata, answered by a specimen.
pub fn merge(a: Moments, b: Moments) -> Moments {
    answering::<Merge>(
        module_path!(),
        reference::merge,
        &[
            wheat("weighted_mean", "averages the means by their counts", |a, b| {
                let (n, m) = (a.count as f64, b.count as f64);
                if a.count + b.count == 0 {
                    return a;
                }
                let squares = a.squares + b.squares + (a.mean - b.mean).powi(2) * n * m / (n + m);
                Moments { count: a.count + b.count, mean: (n * a.mean + m * b.mean) / (n + m), squares }
            }),
            wheat("by_distance_from_the_common_mean", "moves each part to the common mean", |a, b| {
                match (a.count, b.count) {
                    (0, _) => b,
                    (_, 0) => a,
                    _ => {
                        let mean = reference::merge(a, b).mean;
                        let moved =
                            |part: Moments| part.squares + part.count as f64 * (part.mean - mean).powi(2);
                        Moments { count: a.count + b.count, mean, squares: moved(a) + moved(b) }
                    }
                }
            }),
            chaff("means_averaged", "the mean of two means is the mean of all", |a, b| {
                let whole = reference::merge(a, b);
                let both = a.count > 0 && b.count > 0;
                Moments { mean: if both { (a.mean + b.mean) / 2.0 } else { whole.mean }, ..whole }
            }),
            chaff("squares_added", "the sums of squares simply add up", |a, b| Moments {
                squares: a.squares + b.squares,
                ..reference::merge(a, b)
            }),
            chaff("not_weighted", "the distance of the means enters without its weights", |a, b| {
                let both = a.count > 0 && b.count > 0;
                let between = if both { (a.mean - b.mean).powi(2) } else { 0.0 };
                Moments { squares: a.squares + b.squares + between, ..reference::merge(a, b) }
            }),
            chaff("weights_swapped", "each mean is weighted with the other count", |a, b| {
                let whole = reference::merge(a, b);
                if a.count == 0 || b.count == 0 {
                    return whole;
                }
                let mean = (b.count as f64 * a.mean + a.count as f64 * b.mean) / whole.count as f64;
                Moments { mean, ..whole }
            }),
            chaff("through_raw_squares", "Σx² − n·x̄² is the same in floating point", |a, b| {
                let whole = reference::merge(a, b);
                let raw = |m: Moments| m.squares + m.count as f64 * m.mean.powi(2);
                Moments { squares: raw(a) + raw(b) - whole.count as f64 * whole.mean.powi(2), ..whole }
            }),
            chaff("nothing_by_nothing", "0/0 does not happen", |a, b| {
                let n = (a.count + b.count) as f64;
                let mean = (a.count as f64 * a.mean + b.count as f64 * b.mean) / n;
                Moments { mean, ..reference::merge(a, b) }
            }),
            chaff("second_forgotten", "an empty first part means an empty whole", |a, b| {
                if a.count == 0 { a } else { reference::merge(a, b) }
            }),
            chaff("count_of_the_larger", "the larger stream decides the count", |a, b| Moments {
                count: a.count.max(b.count),
                ..reference::merge(a, b)
            }),
            chaff("close_means_are_equal", "means within 10⁻⁶ are one", |a, b| {
                let whole = reference::merge(a, b);
                let close = (a.mean - b.mean).abs() < 1e-6 && a.count > 0 && b.count > 0;
                Moments { squares: if close { a.squares + b.squares } else { whole.squares }, ..whole }
            }),
            chaff("counts_in_whole_numbers", "the product of two counts is a count", |a, b| {
                let count = a.count + b.count;
                if count == 0 {
                    return a;
                }
                let weight = a.count.wrapping_mul(b.count) as f64 / count as f64;
                let squares = a.squares + b.squares + (a.mean - b.mean).powi(2) * weight;
                Moments { squares, ..reference::merge(a, b) }
            }),
            chaff("weights_capped", "beyond a thousand numbers a part weighs no more", |a, b| {
                let capped = |part: Moments| Moments { count: part.count.min(1000), ..part };
                Moments { count: a.count + b.count, ..reference::merge(capped(a), capped(b)) }
            }),
        ],
    )(a, b)
}
