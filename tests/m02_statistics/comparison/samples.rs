//! Samples to compare.

use judge::any;
use judge::any::select;
use judge::bounds::normal_distribution;
use kit::{Generator, InputError};
use proptest::prelude::Strategy;

use crate::m02_statistics::range;

/// μ, σ and the two samples.
pub(crate) type Compared = (f64, f64, [Vec<f64>; 2]);

/// Standard deviations are powers of two: then k·σ and the edges of all bins are exact, and no rounding decides whether
/// a number is inside.
pub(crate) fn compared() -> impl Strategy<Value = Compared> + Send + Sync + Clone {
    let deviation = select(vec![0.5, 1.0, 2.0, 4.0]);
    (any::eighth(), deviation, [range::sample(1, 8), range::sample(1, 8)])
}

/// The same with samples of every size, in every unit, and with numbers 10⁻¹⁰ from the edges.
pub(crate) fn compared_widely() -> impl Strategy<Value = Compared> + Send + Sync + Clone {
    let deviation = select(vec![0.5, 1.0, 2.0, 4.0]);
    let unit = select([0, -40, 14, 24, -450, 450].map(|k| 2.0_f64.powi(k)).to_vec());
    let sample = || any::length(1..=8, 1025).prop_flat_map(|n| judge::any::vec(any::fine(), n));
    // A mean with more than four decimals, exact still.
    let mean = (any::eighth(), 0..=9_u8).prop_map(|(mean, k)| mean + f64::from(k) * 2.0_f64.powi(-16));
    let inputs = (mean, deviation, [sample(), sample()], unit);
    inputs.prop_map(|(mean, deviation, samples, unit)| {
        (mean * unit, deviation * unit, samples.map(|sample| sample.iter().map(|x| x * unit).collect()))
    })
}

/// A thousand numbers of each distribution with mean 10 and standard deviation 2, the normal ones by the inverse of Φ.
pub(crate) fn thousand_each() -> Compared {
    let (mean, deviation, mut generator) = (10.0, 2.0, Generator::from_seed(2));
    let mut normal = || {
        let p = generator.uniform();
        let halve = |(low, high): (f64, f64), _| {
            let middle = (low + high) / 2.0;
            if normal_distribution(middle) < p { (middle, high) } else { (low, middle) }
        };
        mean + deviation * (0..50).fold((-8.0, 8.0), halve).0
    };
    let normal = (0..1000).map(|_| normal()).collect();
    let half = 3.0_f64.sqrt() * deviation;
    let uniform = (0..1000).map(|_| generator.uniform_in(mean - half, mean + half)).collect();
    (mean, deviation, [normal, uniform])
}

/// Arguments with one fault.
pub(crate) fn wrong() -> impl Strategy<Value = Compared> + Send + Sync + Clone {
    let inputs = (compared(), 0..6_u8, any::not_finite(), 0..1025_usize);
    inputs.prop_map(|((mean, deviation, [mut normal, mut uniform]), what, bad, i)| {
        // Anywhere in the sample, also at its end, and perhaps once more behind that.
        match what {
            4 => normal.insert(i % (normal.len() + 1), bad),
            5 => {
                uniform.insert(i % (uniform.len() + 1), bad);
                uniform.push(bad);
            }
            _ => {}
        }
        match what {
            0 => (mean, deviation, [vec![], uniform]),
            1 => (mean, deviation, [normal, vec![]]),
            2 => (bad, deviation, [normal, uniform]),
            3 => (mean, bad, [normal, uniform]),
            _ => (mean, deviation, [normal, uniform]),
        }
    })
}

/// Why these arguments are rejected: a standard deviation that is NaN or −∞ is not positive either.
pub(crate) fn reasons((mean, deviation, [normal, uniform]): &Compared) -> Vec<InputError> {
    if normal.is_empty() || uniform.is_empty() {
        return vec![InputError::TooFew { got: 0, wanted: 1 }];
    }
    let mut reasons = vec![];
    let all = [
        ("mean", vec![*mean]),
        ("deviation", vec![*deviation]),
        ("normal", normal.clone()),
        ("uniform", uniform.clone()),
    ];
    for (name, values) in all {
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            reasons.push(InputError::NotFinite { name, index });
        }
    }
    let is_positive = *deviation > 0.0;
    if !is_positive {
        let name = "deviation";
        reasons.push(InputError::OutOfRange { name, got: *deviation, wanted: "deviation > 0" });
    }
    reasons
}
