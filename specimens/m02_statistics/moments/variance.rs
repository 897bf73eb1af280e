use kit::{InputError, check};

use crate::reference::m02_statistics::moments as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Variance = fn(&[f64], usize) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn variance(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    answering::<Variance>(
        module_path!(),
        reference::variance,
        &[
            wheat("one_pass", "uses Welford's online algorithm", |x, ddof| {
                reference::variance(x, ddof)?;
                let step = |(mean, squares): (f64, f64), (i, x): (usize, &f64)| {
                    let next = mean + (x - mean) / (i + 1) as f64;
                    (next, squares + (x - mean) * (x - next))
                };
                let (_, squares) = x.iter().enumerate().fold((0.0, 0.0), step);
                Ok(squares / (x.len() - ddof) as f64)
            }),
            wheat("corrected_two_pass", "corrects for the rounding error of the mean", |x, ddof| {
                reference::variance(x, ddof)?;
                let (n, mean) = (x.len() as f64, reference::mean(x)?);
                let (first, second) = x
                    .iter()
                    .fold((0.0, 0.0), |(first, second), x| (first + (x - mean), second + (x - mean).powi(2)));
                Ok((second - first * first / n).max(0.0) / (n - ddof as f64))
            }),
            wheat("shifted", "subtracts the first number, then needs no second pass", |x, ddof| {
                reference::variance(x, ddof)?;
                let (n, shift) = (x.len() as f64, x[0]);
                let (first, second) =
                    x.iter().fold((0.0, 0.0), |(a, b), x| (a + (x - shift), b + (x - shift).powi(2)));
                Ok((second - first * first / n).max(0.0) / (n - ddof as f64))
            }),
            wheat(
                "merged_halves",
                "merges the moments of both halves (Chan, Golub and LeVeque)",
                |x, ddof| {
                    fn moments(x: &[f64]) -> [f64; 3] {
                        if let [x] = x {
                            return [1.0, *x, 0.0];
                        }
                        let (left, right) = x.split_at(x.len() / 2);
                        let ([n, a, s], [m, b, t]) = (moments(left), moments(right));
                        let apart = b - a;
                        [n + m, a + apart * (m / (n + m)), s + t + apart * apart * (n * m / (n + m))]
                    }
                    reference::variance(x, ddof)?;
                    Ok(moments(x)[2] / (x.len() - ddof) as f64)
                },
            ),
            chaff("always_over_n", "The divisor is n for every ddof.", |x, ddof| {
                Ok(reference::variance(x, ddof)? * (x.len() - ddof) as f64 / x.len() as f64)
            }),
            chaff("always_over_n_minus_one", "The divisor is always n − 1.", |x, ddof| {
                let variance = reference::variance(x, ddof)?;
                if x.len() == 1 { Ok(variance) } else { reference::variance(x, 1) }
            }),
            chaff("n_plus_ddof", "The divisor is n + ddof.", |x, ddof| {
                Ok(reference::variance(x, ddof)? * (x.len() - ddof) as f64 / (x.len() + ddof) as f64)
            }),
            chaff(
                "mean_of_squares",
                "E[x²] − E[x]² is as accurate as the variance in floating point.",
                |x, ddof| {
                    reference::variance(x, ddof)?;
                    let (n, mean) = (x.len() as f64, reference::mean(x)?);
                    let squares = x.iter().map(|x| x * x).sum::<f64>() / n;
                    Ok((squares - mean * mean) * n / (n - ddof as f64))
                },
            ),
            chaff("not_centered", "The variance is the mean of the squares.", |x, ddof| {
                reference::variance(x, ddof)?;
                Ok(x.iter().map(|x| x * x).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("absolute_distances", "The variance is the mean absolute deviation.", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| (x - mean).abs()).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("deviation", "The variance is the standard deviation.", |x, ddof| {
                Ok(reference::variance(x, ddof)?.sqrt())
            }),
            chaff("distances_cancel", "The deviations are summed before they are squared.", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| x - mean).sum::<f64>().powi(2) / (x.len() - ddof) as f64)
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |x, ddof| {
                let single: Vec<f64> = x.iter().map(|&x| f64::from(x as f32)).collect();
                reference::variance(x, ddof).and_then(|_| reference::variance(&single, ddof))
            }),
            chaff("one_is_always_enough", "The variance of one number is 0 for every ddof.", |x, ddof| {
                if x.len() == 1 && x[0].is_finite() { Ok(0.0) } else { reference::variance(x, ddof) }
            }),
            chaff("empty_is_zero", "The variance of an empty sample is 0.", |x, ddof| {
                if x.is_empty() { Ok(0.0) } else { reference::variance(x, ddof) }
            }),
            chaff("wants_two", "A variance needs at least two numbers for every ddof.", |x, ddof| {
                check::at_least(2, x.len())?;
                reference::variance(x, ddof)
            }),
            chaff(
                "nan_goes_through",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |x, ddof| match reference::variance(x, ddof) {
                    Err(InputError::NotFinite { .. }) => Ok(f64::NAN),
                    answer => answer,
                },
            ),
            chaff("a_hundred_are_enough", "The numbers after the hundredth are negligible.", |x, ddof| {
                reference::variance(x, ddof)?;
                reference::variance(&x[..x.len().min(100 + ddof)], ddof)
            }),
            chaff("ddof_up_to_2", "ddof is 0, 1 or 2.", |x, ddof| {
                reference::variance(x, ddof)?;
                reference::variance(x, ddof.min(2))
            }),
            chaff(
                "tiny_is_rounding",
                "A variance below 10⁻²² of the mean square is a rounding error.",
                |x, ddof| {
                    let variance = reference::variance(x, ddof)?;
                    Ok(if variance < 1e-22 * x.iter().map(|x| x * x).sum::<f64>() { 0.0 } else { variance })
                },
            ),
        ],
    )(x, ddof)
}
