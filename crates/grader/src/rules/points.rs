use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul};

use serde_json::{Value, json};

/// A number of points, which need not be whole.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Points(pub f64);

impl Points {
    /// No point.
    pub const NONE: Self = Self(0.0);

    /// The nearest multiple of `step`; half of one is rounded up.
    #[must_use]
    pub fn rounded(self, step: f64) -> Self {
        // 2.675 is a little less in binary: what shows as a half is one.
        let steps = (self.0 / step * (1.0 + 4.0 * f64::EPSILON) + 0.5).floor();
        Self(decimal(steps * step))
    }

    /// As a result holds it: a whole number where it is one.
    #[must_use]
    pub fn to_json(self) -> Value {
        let value = decimal(self.0);
        if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
    }

    /// What [`Points::to_json`] wrote; anything else is no point.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        Self(value.as_f64().filter(|it| it.is_finite() && *it >= 0.0).unwrap_or_default())
    }

    /// The share of these points in whole per cent; all of it is said only of all of it.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> usize {
        if whole.0 > 0.0 { (100.0 * self.0 / whole.0 + 1e-9).floor().clamp(0.0, 1e6) as usize } else { 0 }
    }
}

/// Without what arithmetic in binary leaves behind the sixth decimal.
fn decimal(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.3}", self.0);
        f.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Mul<f64> for Points {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::NONE, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_shown_and_kept_without_the_dust_of_binary_fractions() {
        let sum: Points = [0.1, 0.2].map(Points).into_iter().sum();
        assert_eq!((sum.to_string(), sum.to_json()), ("0.3".to_owned(), json!(0.3)));
        assert_eq!((Points(12.0).to_string(), Points(12.0).to_json()), ("12".to_owned(), json!(12)));
        assert_eq!(Points::read(&json!(0.875)), Points(0.875));
        assert_eq!(Points::read(&json!("many")), Points::NONE);
    }

    #[test]
    fn a_half_is_rounded_up() {
        let rounded = |value: f64, step: f64| Points(value).rounded(step).0;
        assert_eq!((rounded(2.675, 0.01), rounded(2.25, 0.5), rounded(2.24, 0.5)), (2.68, 2.5, 2.0));
        assert_eq!((rounded(0.0, 0.5), rounded(7.0, 1.0)), (0.0, 7.0));
        assert_eq!((Points(199.0).percent_of(Points(200.0)), Points(1.0).percent_of(Points::NONE)), (99, 0));
    }
}
