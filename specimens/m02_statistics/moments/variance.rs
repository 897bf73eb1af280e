use kit::{InputError, check};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m02_statistics::moments as reference;

type Variance = fn(&[f64], usize) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn variance(x: &[f64], ddof: usize) -> Result<f64, InputError> {
    answering::<Variance>(
        module_path!(),
        reference::variance,
        &[
            wheat("one_pass", "takes in one number at a time (Welford)", |x, ddof| {
                reference::variance(x, ddof)?;
                let step = |(mean, squares): (f64, f64), (i, x): (usize, &f64)| {
                    let next = mean + (x - mean) / (i + 1) as f64;
                    (next, squares + (x - mean) * (x - next))
                };
                let (_, squares) = x.iter().enumerate().fold((0.0, 0.0), step);
                Ok(squares / (x.len() - ddof) as f64)
            }),
            wheat("corrected_two_pass", "takes the rounding of the mean off again", |x, ddof| {
                reference::variance(x, ddof)?;
                let (n, mean) = (x.len() as f64, reference::mean(x)?);
                let (first, second) = x
                    .iter()
                    .fold((0.0, 0.0), |(first, second), x| (first + (x - mean), second + (x - mean).powi(2)));
                Ok((second - first * first / n).max(0.0) / (n - ddof as f64))
            }),
            wheat(
                "shifted",
                "takes the first number off all others, then needs no second pass",
                |x, ddof| {
                    reference::variance(x, ddof)?;
                    let (n, shift) = (x.len() as f64, x[0]);
                    let (first, second) =
                        x.iter().fold((0.0, 0.0), |(a, b), x| (a + (x - shift), b + (x - shift).powi(2)));
                    Ok((second - first * first / n).max(0.0) / (n - ddof as f64))
                },
            ),
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
            chaff("always_over_n", "the divisor is n, whatever ddof says", |x, ddof| {
                Ok(reference::variance(x, ddof)? * (x.len() - ddof) as f64 / x.len() as f64)
            }),
            chaff("always_over_n_minus_one", "a variance is always divided by n − 1", |x, ddof| {
                let variance = reference::variance(x, ddof)?;
                if x.len() == 1 { Ok(variance) } else { reference::variance(x, 1) }
            }),
            chaff("n_plus_ddof", "ddof is added to n", |x, ddof| {
                Ok(reference::variance(x, ddof)? * (x.len() - ddof) as f64 / (x.len() + ddof) as f64)
            }),
            chaff("mean_of_squares", "E[x²] − E[x]² is the variance in floating point too", |x, ddof| {
                reference::variance(x, ddof)?;
                let (n, mean) = (x.len() as f64, reference::mean(x)?);
                let squares = x.iter().map(|x| x * x).sum::<f64>() / n;
                Ok((squares - mean * mean) * n / (n - ddof as f64))
            }),
            chaff("not_centered", "the squares of the numbers themselves are averaged", |x, ddof| {
                reference::variance(x, ddof)?;
                Ok(x.iter().map(|x| x * x).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("absolute_distances", "the mean distance is the variance", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| (x - mean).abs()).sum::<f64>() / (x.len() - ddof) as f64)
            }),
            chaff("deviation", "variance and standard deviation are the same", |x, ddof| {
                Ok(reference::variance(x, ddof)?.sqrt())
            }),
            chaff("distances_cancel", "the distances are added up before they are squared", |x, ddof| {
                reference::variance(x, ddof)?;
                let mean = reference::mean(x)?;
                Ok(x.iter().map(|x| x - mean).sum::<f64>().powi(2) / (x.len() - ddof) as f64)
            }),
            chaff("single_precision", "seven digits are enough", |x, ddof| {
                let single: Vec<f64> = x.iter().map(|&x| f64::from(x as f32)).collect();
                reference::variance(x, ddof).and_then(|_| reference::variance(&single, ddof))
            }),
            chaff("one_is_always_enough", "one number has the variance 0", |x, ddof| {
                if x.len() == 1 && x[0].is_finite() { Ok(0.0) } else { reference::variance(x, ddof) }
            }),
            chaff("empty_is_zero", "an empty sample does not vary", |x, ddof| {
                if x.is_empty() { Ok(0.0) } else { reference::variance(x, ddof) }
            }),
            chaff("wants_two", "a variance needs two numbers", |x, ddof| {
                check::at_least(2, x.len())?;
                reference::variance(x, ddof)
            }),
            chaff("nan_goes_through", "a NaN in makes a NaN out, and that is answer enough", |x, ddof| {
                match reference::variance(x, ddof) {
                    Err(InputError::NotFinite { .. }) => Ok(f64::NAN),
                    answer => answer,
                }
            }),
            chaff("a_hundred_are_enough", "after a hundred numbers the rest changes nothing", |x, ddof| {
                reference::variance(x, ddof)?;
                reference::variance(&x[..x.len().min(100 + ddof)], ddof)
            }),
            chaff("ddof_up_to_2", "ddof is 0, 1 or 2", |x, ddof| {
                reference::variance(x, ddof)?;
                reference::variance(x, ddof.min(2))
            }),
        ],
    )(x, ddof)
}
