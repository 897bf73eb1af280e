use kit::InputError;

use super::{sorted, tuned};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m02_statistics::order_statistics as reference;

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
            wheat("from_above", "goes down from the larger neighbor", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let i = height.ceil() as usize;
                Ok(x[i] - (i as f64 - height) * (x[i] - x[i.saturating_sub(1)]))
            }),
            wheat("hinges", "adds up the climbs between neighbors as far as q goes", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let climb =
                    |(i, pair): (usize, &[f64])| (pair[1] - pair[0]) * (height - i as f64).clamp(0.0, 1.0);
                Ok(x.windows(2).enumerate().map(climb).fold(x[0], |sum, climb| sum + climb))
            }),
            wheat(
                "tents",
                "weighs every number of the sample by how near its place is to the height",
                |x, q| {
                    reference::quantile(x, q)?;
                    let height = (x.len() - 1) as f64 * q;
                    let weight = |i: usize| (1.0 - (height - i as f64).abs()).max(0.0);
                    Ok(sorted(x).iter().enumerate().map(|(i, x)| weight(i) * x).sum())
                },
            ),
            wheat("tuned", "finds the places without sorting everything", tuned::quantile),
            chaff("times_n", "the height is n·q", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, x.len() as f64 * q))
            }),
            chaff("lower_neighbor", "a quantile is a number of the sample: the one below", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, ((x.len() - 1) as f64 * q).floor()))
            }),
            chaff("nearest_neighbor", "a quantile is the nearest number of the sample", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, ((x.len() - 1) as f64 * q).round()))
            }),
            chaff("midpoint", "between two numbers the quantile is halfway", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                Ok(f64::midpoint(at(x, height.floor()), at(x, height.ceil())))
            }),
            chaff("counted_from_one", "the height is 1 + (n − 1)·q, and so is the index", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, 1.0 + (x.len() - 1) as f64 * q))
            }),
            chaff("from_the_top", "q is the share above", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, (x.len() - 1) as f64 * (1.0 - q)))
            }),
            chaff("of_the_range", "q is the share of the way from the smallest to the largest", |x, q| {
                let (low, high) =
                    (reference::quantile(x, q).and(reference::quantile(x, 0.0))?, at(x, x.len() as f64));
                Ok(low + q * (high - low))
            }),
            chaff("not_sorted", "the sample is in order already", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                let (below, above) = (x[height.floor() as usize], x[height.ceil() as usize]);
                Ok(below + height.fract() * (above - below))
            }),
            chaff("past_the_end", "there is always a neighbor above", |x, q| {
                reference::quantile(x, q)?;
                let (x, height) = (sorted(x), (x.len() - 1) as f64 * q);
                let i = height.floor() as usize;
                Ok(x[i] + height.fract() * (x[i + 1] - x[i]))
            }),
            chaff("clamped", "a q beyond 1 means the largest number", |x, q| {
                reference::quantile(x, if q.is_nan() { q } else { q.clamp(0.0, 1.0) })
            }),
            chaff("percent", "q is given in percent", |x, q| {
                reference::quantile(x, q)?;
                Ok(at(x, (x.len() - 1) as f64 * q / 100.0))
            }),
            chaff("nan_q_is_zero", "as an index NaN becomes 0", |x, q| {
                reference::quantile(x, if q.is_nan() { 0.0 } else { q })
            }),
            chaff("q_first", "q is looked at before the sample", |x, q| {
                if !(0.0..=1.0).contains(&q) && !q.is_nan() {
                    return Err(InputError::OutOfRange { name: "q", got: q, wanted: "0 ≤ q ≤ 1" });
                }
                reference::quantile(x, q)
            }),
            chaff("share_in_f32", "`f32` is precise enough for a share", |x, q| {
                reference::quantile(x, q)?;
                reference::quantile(x, f64::from(q as f32))
            }),
            chaff("nearly_on_a_number", "a height within 10⁻⁶ of a whole one is that one", |x, q| {
                reference::quantile(x, q)?;
                let height = (x.len() - 1) as f64 * q;
                Ok(at(x, if (height - height.round()).abs() < 1e-6 { height.round() } else { height }))
            }),
            chaff("millionths", "as whole millionths numbers can be sorted", |x, q| {
                reference::quantile(x, q)?;
                let mut order = x.to_vec();
                order.sort_by_key(|x| (1e6 * x) as i64);
                let height = (x.len() - 1) as f64 * q;
                let (below, above) = (order[height.floor() as usize], order[height.ceil() as usize]);
                Ok(below + height.fract() * (above - below))
            }),
            chaff("q_before_nan", "q is looked at before the numbers", |x, q| {
                if !x.is_empty() && !q.is_finite() {
                    return Err(InputError::NotFinite { name: "q", index: 0 });
                }
                reference::quantile(x, q)
            }),
        ],
    )(x, q)
}
