use kit::InputError;

use crate::reference::m02_statistics::moments as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Mean = fn(&[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn mean(x: &[f64]) -> Result<f64, InputError> {
    answering::<Mean>(
        module_path!(),
        reference::mean,
        &[
            wheat("from_the_back", "adds from the last number to the first", |x| {
                reference::mean(x)?;
                Ok(x.iter().rev().fold(0.0, |sum, x| sum + x) / x.len() as f64)
            }),
            wheat("moved_on", "updates the mean with each number", |x| {
                reference::mean(x)?;
                let step = |mean: f64, (i, x): (usize, &f64)| mean + (x - mean) / (i + 1) as f64;
                Ok(x.iter().enumerate().fold(0.0, step))
            }),
            wheat("divided_first", "divides each number by n and adds the parts", |x| {
                reference::mean(x)?;
                let n = x.len() as f64;
                Ok(x.iter().map(|x| x / n).sum())
            }),
            wheat("knockout", "adds pairwise, in a tree", |x| {
                reference::mean(x)?;
                let mut sums = x.to_vec();
                while sums.len() > 1 {
                    sums = sums.chunks(2).map(|pair| pair.iter().sum()).collect();
                }
                Ok(sums[0] / x.len() as f64)
            }),
            chaff("sum", "The mean is the sum.", |x| Ok(reference::mean(x)? * x.len() as f64)),
            chaff("over_n_minus_one", "The mean of a sample is divided by n − 1.", |x| {
                let mean = reference::mean(x)?;
                let n = x.len() as f64;
                Ok(if x.len() == 1 { mean } else { mean * n / (n - 1.0) })
            }),
            chaff("halves", "Averaging pair by pair gives the mean.", |x| {
                reference::mean(x)?;
                Ok(x[1..].iter().fold(x[0], |mean, x| (mean + x) / 2.0))
            }),
            chaff("middle", "The mean is halfway between the minimum and the maximum.", |x| {
                reference::mean(x)?;
                let (low, high) = x.iter().fold((f64::MAX, f64::MIN), |(l, h), &x| (l.min(x), h.max(x)));
                Ok(low / 2.0 + high / 2.0)
            }),
            chaff("whole_numbers", "Integer division gives the mean.", |x| Ok(reference::mean(x)?.floor())),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |x| {
                reference::mean(x)?;
                Ok(f64::from(x.iter().map(|&x| x as f32).sum::<f32>() / x.len() as f32))
            }),
            chaff("absolute", "The mean has no sign.", |x| Ok(reference::mean(x)?.abs())),
            chaff("empty_is_zero", "The mean of an empty sample is 0.", |x| {
                if x.is_empty() { Ok(0.0) } else { reference::mean(x) }
            }),
            chaff("nan_skipped", "A NaN is a missing value and can be skipped.", |x| {
                let known: Vec<f64> = x.iter().copied().filter(|x| !x.is_nan()).collect();
                reference::mean(&known)
            }),
            chaff("nan_goes_through", "A NaN in the input needs no check: the result is NaN anyway.", |x| {
                if x.is_empty() { reference::mean(x) } else { Ok(x.iter().sum::<f64>() / x.len() as f64) }
            }),
            chaff("last_bad_one", "The index may be that of any number that is not finite.", |x| {
                match reference::mean(x) {
                    Err(InputError::NotFinite { name, .. }) => {
                        let last = x.iter().rposition(|x| !x.is_finite()).unwrap_or(0);
                        Err(InputError::NotFinite { name, index: last })
                    }
                    answer => answer,
                }
            }),
            chaff("a_hundred_are_enough", "The numbers after the hundredth are negligible.", |x| {
                reference::mean(x)?;
                reference::mean(&x[..x.len().min(100)])
            }),
        ],
    )(x)
}
