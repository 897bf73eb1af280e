//! Samples to compare.

use judge::any;
use judge::bounds::normal_distribution;
use kit::{Generator, InputError};
use proptest::prelude::Strategy;
use proptest::sample::select;

/// μ, σ and the two samples.
pub(crate) type Compared = (f64, f64, [Vec<f64>; 2]);

/// Deviations are powers of two: then k·σ and the edges of all bins are exact, and no rounding decides who is inside.
/// Now and then all is very small.
pub(crate) fn compared() -> impl Strategy<Value = Compared> + Send + Sync + Clone {
    let deviation = select(vec![0.5, 1.0, 2.0, 4.0]);
    let unit = select(vec![1.0, 1.0, 1.0, 2.0_f64.powi(-40)]);
    let inputs = (any::eighth(), deviation, [any::vector(1..=8), any::vector(1..=8)], unit);
    inputs.prop_map(|(mean, deviation, samples, unit)| {
        // How −10⁻¹² is written with four decimals, −0.0000 or 0.0000, is nobody's concern.
        let mean = if unit < 1.0 { f64::abs(mean) } else { mean };
        (mean * unit, deviation * unit, samples.map(|sample| sample.iter().map(|x| x * unit).collect()))
    })
}

/// A thousand numbers of each distribution with mean 10 and deviation 2, the normal ones by the inverse of Φ.
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

/// Arguments that are rejected, and with which reason; where two apply, the one that comes first.
pub(crate) fn wrong() -> impl Strategy<Value = Compared> + Send + Sync + Clone {
    let deviation = select(vec![1.0, 0.0, -1.0]);
    (compared(), deviation, 0..6_u8, any::not_finite()).prop_map(
        |((mean, _, [normal, uniform]), deviation, what, bad)| match what {
            0 => (mean, deviation, [vec![], uniform]),
            1 => (mean, deviation, [normal, vec![]]),
            2 => (bad, deviation, [normal, uniform]),
            3 => (mean, bad, [normal, uniform]),
            4 => (mean, deviation, [[normal, vec![bad]].concat(), uniform]),
            _ => (mean, deviation, [normal, [uniform, vec![bad, 0.0]].concat()]),
        },
    )
}

/// Why these arguments are rejected.
pub(crate) fn reason((mean, deviation, [normal, uniform]): &Compared) -> InputError {
    if normal.is_empty() || uniform.is_empty() {
        return InputError::TooFew { got: 0, wanted: 1 };
    }
    let all = [
        ("mean", vec![*mean]),
        ("deviation", vec![*deviation]),
        ("normal", normal.clone()),
        ("uniform", uniform.clone()),
    ];
    for (name, values) in all {
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            return InputError::NotFinite { name, index };
        }
    }
    InputError::OutOfRange { name: "deviation", got: *deviation, wanted: "deviation > 0" }
}
