use kit::InputError;

use super::{sorted, tuned};
use crate::reference::m02_statistics::order_statistics as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Quantile = fn(&[f64], f64) -> Result<f64, InputError>;

/// The sample on straight lines at this height, which may lie outside.
fn at(x: &[f64], height: f64) -> f64 {
    let (x, height) = (sorted(x), height.clamp(0.0, (x.len() - 1) as f64));
    let (below, above) = (x[height.floor() as usize], x[height.ceil() as usize]);
    below + height.fract() * (above - below)
}

/// The kata, answered by a specimen.
pub fn quantile(x: &[f64], q: f64) -> Result<f64, InputError> {
    answering::<Quantile>(
        module_path!(),
        reference::quantile,
        &[
            wheat("two_weights", "weighs the neighbors with 1 − f and f", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let (i, f) = (height.trunc() as usize, height.fract());
                Ok((1.0 - f) * x[i] + f * x[(i + 1).min(x.len() - 1)])
            }),
            wheat("from_above", "interpolates down from the larger neighbor", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let i = height.ceil() as usize;
                Ok(x[i] - (i as f64 - height) * (x[i] - x[i.saturating_sub(1)]))
            }),
            wheat("hinges", "adds up the differences between neighbors as far as q goes", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let climb =
                    |(i, pair): (usize, &[f64])| (pair[1] - pair[0]) * (height - i as f64).clamp(0.0, 1.0);
                Ok(x.windows(2).enumerate().map(climb).fold(x[0], |sum, climb| sum + climb))
            }),
            wheat("tents", "weighs every number of the sorted sample with a hat function", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                let weight = |i: usize| (1.0 - (height - i as f64).abs()).max(0.0);
                Ok(sorted(x).iter().enumerate().map(|(i, x)| weight(i) * x).sum())
            }),
            wheat("tuned", "selects without sorting everything", tuned::quantile),
            chaff("times_n", "The fractional index is n·q.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, x.len() as f64 * q))
            }),
            chaff("lower_neighbor", "A quantile is a number of the sample: the one below.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, ((x.len() - 1) as f64 * q).floor()))
            }),
            chaff("nearest_neighbor", "A quantile is the nearest number of the sample.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, ((x.len() - 1) as f64 * q).round()))
            }),
            chaff("midpoint", "Between two numbers the quantile is their midpoint.", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                Ok(f64::midpoint(at(x, height.floor()), at(x, height.ceil())))
            }),
            chaff("counted_from_one", "The fractional index 1 + (n − 1)·q counts from 0.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, 1.0 + (x.len() - 1) as f64 * q))
            }),
            chaff("from_the_top", "q is the fraction above the quantile.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, (x.len() - 1) as f64 * (1.0 - q)))
            }),
            chaff("of_the_range", "The quantile is min + q·(max − min).", |x, q| {
                let (low, high) =
                    (reference::quantile(x, q).and(reference::quantile(x, 0.0))?, at(x, x.len() as f64));
                Ok(low + q * (high - low))
            }),
            chaff("not_sorted", "The sample is already sorted.", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                let (below, above) = (x[height.floor() as usize], x[height.ceil() as usize]);
                Ok(below + height.fract() * (above - below))
            }),
            chaff("past_the_end", "There is always a next number in the sorted sample.", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let i = height.floor() as usize;
                Ok(x[i] + height.fract() * (x[i + 1] - x[i]))
            }),
            chaff("clamped", "A q above 1 gives the maximum.", |x, q| {
                reference::quantile(x, if q.is_nan() { q } else { q.clamp(0.0, 1.0) })
            }),
            chaff("percent", "q is given in percent.", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, (x.len() - 1) as f64 * q / 100.0))
            }),
            chaff("nan_q_is_zero", "A NaN for q counts as 0.", |x, q| {
                reference::quantile(x, if q.is_nan() { 0.0 } else { q })
            }),
            chaff(
                "weight_in_f32",
                "Single precision (`f32`) is precise enough for the interpolation weight.",
                |x, q| {
                    reference::quantile(x, q)?;
                    reference::quantile(x, f64::from(q as f32))
                },
            ),
            chaff(
                "nearly_on_a_number",
                "A fractional index within 10⁻⁶ of a whole one is that one.",
                |x, q| {
                    reference::quantile(x, q)?;
                    let height = (x.len() - 1) as f64 * q;
                    Ok(at(x, if (height - height.round()).abs() < 1e-6 { height.round() } else { height }))
                },
            ),
            chaff("millionths", "Numbers can be sorted as whole millionths.", |x, q| {
                reference::quantile(x, q)?;
                let mut order = x.to_vec();
                order.sort_by_key(|x| (1e6 * x) as i64);
                let height = (x.len() - 1) as f64 * q;
                let (below, above) = (order[height.floor() as usize], order[height.ceil() as usize]);
                Ok(below + height.fract() * (above - below))
            }),
        ],
    )(x, q)
}
