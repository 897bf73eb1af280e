use crate::reference::m02_statistics::moments::{self as reference, Moments};
use crate::specimens::specimen::{answering, chaff, wheat};

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
            wheat(
                "by_distance_from_the_common_mean",
                "shifts each sample to the common mean",
                |a, b| match (a.count, b.count) {
                    (0, _) => b,
                    (_, 0) => a,
                    _ => {
                        let mean = reference::merge(a, b).mean;
                        let moved =
                            |part: Moments| part.squares + part.count as f64 * (part.mean - mean).powi(2);
                        Moments { count: a.count + b.count, mean, squares: moved(a) + moved(b) }
                    }
                },
            ),
            wheat("one_by_one", "takes a single number in by Welford's update", |a, b| {
                if b.count != 1 || a.count == 0 {
                    return reference::merge(a, b);
                }
                let (count, d) = (a.count + 1, b.mean - a.mean);
                let mean = a.mean + d / count as f64;
                Moments { count, mean, squares: a.squares + d * (b.mean - mean) }
            }),
            chaff("means_averaged", "The common mean is the unweighted mean of the two means.", |a, b| {
                let whole = reference::merge(a, b);
                let both = a.count > 0 && b.count > 0;
                Moments { mean: if both { (a.mean + b.mean) / 2.0 } else { whole.mean }, ..whole }
            }),
            chaff(
                "squares_added",
                "The sums of squares add up, without a term for the distance of the means.",
                |a, b| Moments { squares: a.squares + b.squares, ..reference::merge(a, b) },
            ),
            chaff("not_weighted", "The squared distance of the means is added without a weight.", |a, b| {
                let both = a.count > 0 && b.count > 0;
                let between = if both { (a.mean - b.mean).powi(2) } else { 0.0 };
                Moments { squares: a.squares + b.squares + between, ..reference::merge(a, b) }
            }),
            chaff("weights_swapped", "Each mean is weighted with the other count.", |a, b| {
                let whole = reference::merge(a, b);
                if a.count == 0 || b.count == 0 {
                    return whole;
                }
                let mean = (b.count as f64 * a.mean + a.count as f64 * b.mean) / whole.count as f64;
                Moments { mean, ..whole }
            }),
            chaff("through_raw_squares", "Σx² − n·x̄² is as accurate in floating point.", |a, b| {
                let whole = reference::merge(a, b);
                let raw = |m: Moments| m.squares + m.count as f64 * m.mean.powi(2);
                Moments { squares: raw(a) + raw(b) - whole.count as f64 * whole.mean.powi(2), ..whole }
            }),
            chaff("nothing_by_nothing", "Two empty samples need no case of their own.", |a, b| {
                let n = (a.count + b.count) as f64;
                let mean = (a.count as f64 * a.mean + b.count as f64 * b.mean) / n;
                Moments { mean, ..reference::merge(a, b) }
            }),
            chaff("second_forgotten", "If the first sample is empty, the result is empty.", |a, b| {
                if a.count == 0 { a } else { reference::merge(a, b) }
            }),
            chaff("count_of_the_larger", "The count is that of the larger sample.", |a, b| Moments {
                count: a.count.max(b.count),
                ..reference::merge(a, b)
            }),
            chaff("close_means_are_equal", "Means within 10⁻⁶ of each other are equal.", |a, b| {
                let whole = reference::merge(a, b);
                let close = (a.mean - b.mean).abs() < 1e-6 && a.count > 0 && b.count > 0;
                Moments { squares: if close { a.squares + b.squares } else { whole.squares }, ..whole }
            }),
            chaff("counts_in_whole_numbers", "The product of two counts fits into a `usize`.", |a, b| {
                let count = a.count + b.count;
                if count == 0 {
                    return a;
                }
                let weight = a.count.wrapping_mul(b.count) as f64 / count as f64;
                let squares = a.squares + b.squares + (a.mean - b.mean).powi(2) * weight;
                Moments { squares, ..reference::merge(a, b) }
            }),
            chaff("weights_capped", "The weight of a sample is at most a thousand numbers.", |a, b| {
                let capped = |part: Moments| Moments { count: part.count.min(1000), ..part };
                Moments { count: a.count + b.count, ..reference::merge(capped(a), capped(b)) }
            }),
            chaff("close_means", "Means that agree in twelve digits are equal.", |a, b| {
                let mut both = reference::merge(a, b);
                if (a.mean - b.mean).abs() < 1e-12 * a.mean.abs() {
                    both.squares = a.squares + b.squares;
                }
                both
            }),
        ],
    )(a, b)
}
