use kit::InputError;

use super::{sorted, tuned};
use crate::reference::m02_statistics::order_statistics as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Median = fn(&[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn median(x: &[f64]) -> Result<f64, InputError> {
    answering::<Median>(
        module_path!(),
        reference::median,
        &[
            wheat(
                "both_middles",
                "averages the indices (n − 1)/2 and n/2, which are equal for odd n",
                |x| {
                    reference::median(x)?;
                    let x = sorted(x);
                    Ok(x[(x.len() - 1) / 2] / 2.0 + x[x.len() / 2] / 2.0)
                },
            ),
            wheat("peeled", "removes minimum and maximum until one or two are left", |x| {
                reference::median(x)?;
                let x = sorted(x);
                let mut rest = x.as_slice();
                while rest.len() > 2 {
                    rest = &rest[1..rest.len() - 1];
                }
                Ok(if rest.len() == 2 { (rest[0] + rest[1]) / 2.0 } else { rest[0] })
            }),
            wheat("counted", "counts for each number how many are below it and how many equal it", |x| {
                reference::median(x)?;
                let at = |place: usize| {
                    let here = |s: f64| {
                        let below = x.iter().filter(|x| **x < s).count();
                        (below..below + x.iter().filter(|x| **x == s).count()).contains(&place)
                    };
                    x.iter().copied().find(|s| here(*s)).unwrap_or(f64::NAN)
                };
                Ok(at((x.len() - 1) / 2) * 0.5 + at(x.len() / 2) * 0.5)
            }),
            wheat("tuned", "selects without sorting everything", tuned::median),
            chaff("upper_middle", "The index n/2 is the middle for even n too.", |x| {
                reference::median(x)?;
                Ok(sorted(x)[x.len() / 2])
            }),
            chaff("lower_middle", "The index (n − 1)/2 is the middle for even n too.", |x| {
                reference::median(x)?;
                Ok(sorted(x)[(x.len() - 1) / 2])
            }),
            chaff("not_sorted", "The sample is already sorted.", |x| {
                reference::median(x)?;
                Ok((x[(x.len() - 1) / 2] + x[x.len() / 2]) / 2.0)
            }),
            chaff("sorted_by_size", "The numbers are sorted by absolute value.", |x| {
                reference::median(x)?;
                let mut x = x.to_vec();
                x.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
                Ok((x[(x.len() - 1) / 2] + x[x.len() / 2]) / 2.0)
            }),
            chaff("mean", "The median is the mean.", |x| {
                reference::median(x)?;
                Ok(x.iter().sum::<f64>() / x.len() as f64)
            }),
            chaff("one_too_far", "The index n/2 counts from 1.", |x| {
                reference::median(x)?;
                Ok(sorted(x)[(x.len() / 2 + 1).min(x.len() - 1)])
            }),
            chaff("repeats_removed", "Repeated numbers count once.", |x| {
                let mut x = sorted(x);
                x.dedup();
                reference::median(&x)
            }),
            chaff("empty_is_zero", "The median of an empty sample is 0.", |x| {
                if x.is_empty() { Ok(0.0) } else { reference::median(x) }
            }),
            chaff("nan_sorted_last", "A NaN is larger than every number.", |x| match reference::median(x) {
                Err(InputError::NotFinite { .. }) => Ok(sorted(x)[x.len() / 2]),
                answer => answer,
            }),
            chaff("half_gap_in_f32", "Single precision (`f32`) is precise enough for half the gap.", |x| {
                reference::median(x)?;
                let x = sorted(x);
                let (low, high) = (x[(x.len() - 1) / 2], x[x.len() / 2]);
                Ok(low + f64::from(((high - low) / 2.0) as f32))
            }),
            chaff("nearly_equal_is_equal", "Two numbers within 10⁻⁹ of each other are equal.", |x| {
                let median = reference::median(x)?;
                let upper = sorted(x)[x.len() / 2];
                Ok(if upper - median < 1e-9 { upper } else { median })
            }),
            chaff("nine_rounds_of_swaps", "Nine passes of bubble sort sort any list.", |x| {
                reference::median(x)?;
                let mut x = x.to_vec();
                for _ in 0..9 {
                    for i in 1..x.len() {
                        if x[i - 1] > x[i] {
                            x.swap(i - 1, i);
                        }
                    }
                }
                Ok((x[(x.len() - 1) / 2] + x[x.len() / 2]) / 2.0)
            }),
            chaff("millionths", "Numbers can be sorted as whole millionths.", |x| {
                reference::median(x)?;
                let mut order = x.to_vec();
                order.sort_by_key(|x| (1e6 * x) as i64);
                let height = (x.len() - 1) as f64 * 0.5;
                let (below, above) = (order[height.floor() as usize], order[height.ceil() as usize]);
                Ok(below + height.fract() * (above - below))
            }),
        ],
    )(x)
}
