use kit::InputError;

use crate::reference::m02_statistics::moments::{self as reference, Moments};
use crate::specimens::specimen::{answering, chaff, wheat};

type Welford = fn(Moments, f64) -> Result<Moments, InputError>;

/// The kata, answered by a specimen.
pub fn welford(so_far: Moments, x: f64) -> Result<Moments, InputError> {
    answering::<Welford>(
        module_path!(),
        reference::welford,
        &[
            wheat("by_share", "adds δ²·n/(n + 1) to the sum of squares", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                let (n, apart) = (so_far.count as f64, x - so_far.mean);
                let squares = so_far.squares + apart * apart * n / (n + 1.0);
                Ok(Moments { count: so_far.count + 1, mean: next.mean, squares })
            }),
            wheat("merged", "merges the stream with a stream of one number", |so_far, x| {
                reference::welford(so_far, x)?;
                Ok(reference::merge(so_far, Moments { count: 1, mean: x, squares: 0.0 }))
            }),
            wheat("weighted_mean", "averages the old mean with weight n and the number", |so_far, x| {
                reference::welford(so_far, x)?;
                let n = so_far.count as f64;
                let mean = (n * so_far.mean + x) / (n + 1.0);
                let squares = so_far.squares + (x - so_far.mean) * (x - mean);
                Ok(Moments { count: so_far.count + 1, mean, squares })
            }),
            chaff("old_mean_twice", "The squared deviation from the old mean is added.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                Ok(Moments { squares: so_far.squares + (x - so_far.mean).powi(2), ..next })
            }),
            chaff("new_mean_twice", "The squared deviation from the new mean is added.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                Ok(Moments { squares: so_far.squares + (x - next.mean).powi(2), ..next })
            }),
            chaff("over_old_count", "The update of the mean is divided by the old count.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                let mean = so_far.mean + (x - so_far.mean) / (so_far.count as f64).max(1.0);
                Ok(Moments { mean, ..next })
            }),
            chaff("not_counted", "The count is updated elsewhere.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                Ok(Moments { count: so_far.count, ..next })
            }),
            chaff("halfway", "The mean moves halfway to each number.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                Ok(Moments { mean: if so_far.count == 0 { x } else { (so_far.mean + x) / 2.0 }, ..next })
            }),
            chaff(
                "variance_for_squares",
                "The state holds the variance instead of the sum of squares.",
                |so_far, x| {
                    let before = Moments { squares: so_far.squares * so_far.count as f64, ..so_far };
                    let next = reference::welford(before, x)?;
                    Ok(Moments { squares: next.squares / next.count as f64, ..next })
                },
            ),
            chaff(
                "through_raw_squares",
                "Σx² − n·x̄² is as accurate in floating point.",
                |so_far, x| {
                    let next = reference::welford(so_far, x)?;
                    let raw = so_far.squares + so_far.count as f64 * so_far.mean.powi(2) + x * x;
                    Ok(Moments { squares: raw - next.count as f64 * next.mean.powi(2), ..next })
                },
            ),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |so_far, x| {
                let next = reference::welford(so_far, x)?;
                Ok(Moments { mean: f64::from(next.mean as f32), ..next })
            }),
            chaff(
                "nan_taken_in",
                "A NaN in the input needs no check: the state is NaN anyway.",
                |so_far, x| {
                    reference::welford(so_far, x).or(Ok(Moments {
                        count: so_far.count + 1,
                        mean: x,
                        squares: x,
                    }))
                },
            ),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |so_far, x| {
                reference::welford(so_far, x).or(Ok(so_far))
            }),
            chaff(
                "never_below_a_thousandth",
                "The weight of a new number is at least 1/1000.",
                |so_far, x| {
                    let after = reference::welford(so_far, x)?;
                    let mean = so_far.mean + (x - so_far.mean) / after.count.min(1000) as f64;
                    Ok(Moments { mean, squares: so_far.squares + (x - so_far.mean) * (x - mean), ..after })
                },
            ),
            chaff(
                "outliers_left_out",
                "A number ten standard deviations away is an outlier and is skipped.",
                |so_far, x| {
                    let after = reference::welford(so_far, x)?;
                    let variance = so_far.squares / so_far.count as f64;
                    let far =
                        so_far.count > 2 && variance > 0.0 && (x - so_far.mean).powi(2) > 100.0 * variance;
                    Ok(if far { so_far } else { after })
                },
            ),
        ],
    )(so_far, x)
}
