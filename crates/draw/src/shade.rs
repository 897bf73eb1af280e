//! The colors of a field and of a table.

use kit::Matrix;

use crate::palette::{self, Rgb};

/// How the numbers of a grid become colors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shade {
    /// A few whole numbers from 0: classes, each in the color of the layer of that number.
    Classes,
    /// A middle (0, or ½ for probabilities) with a color on either side; the larger side has this length.
    Sided {
        /// What lies between the two sides.
        middle: f64,
        /// The distance to the farther end.
        reach: f64,
    },
    /// From the smallest to the largest.
    Rising {
        /// The smallest number.
        lo: f64,
        /// The largest.
        hi: f64,
    },
}

impl Shade {
    pub(crate) fn of(values: &Matrix) -> Self {
        let finite = || values.as_slice().iter().copied().filter(|v| v.is_finite());
        let (lo, hi) =
            finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), v| (lo.min(v), hi.max(v)));
        if finite().all(|v| (0.0..6.0).contains(&v) && v.fract() == 0.0) {
            Self::Classes
        } else if lo < 0.0 && hi > 0.0 {
            Self::Sided { middle: 0.0, reach: hi.max(-lo) }
        } else if lo >= 0.0 && hi <= 1.0 && lo < 0.5 && hi > 0.5 {
            Self::Sided { middle: 0.5, reach: 0.5 }
        } else {
            Self::Rising { lo, hi }
        }
    }

    /// From 0 for the smallest to 1 for the largest; NaN for NaN.
    pub(crate) fn share(&self, v: f64) -> f64 {
        let between =
            |lo: f64, hi: f64| if hi > lo { (v / 2.0 - lo / 2.0) / (hi / 2.0 - lo / 2.0) } else { 0.5 };
        match *self {
            Self::Classes => v / 5.0,
            Self::Sided { middle, reach } => 0.5 + 0.5 * (v / 2.0 - middle / 2.0) / (reach / 2.0),
            Self::Rising { .. } if v.is_nan() => f64::NAN,
            Self::Rising { lo, hi } => between(lo, hi),
        }
    }

    pub(crate) fn color(&self, v: f64) -> Rgb {
        match self {
            _ if v.is_nan() => palette::missing(),
            Self::Classes => palette::region(v.clamp(0.0, 5.0) as usize),
            Self::Sided { .. } => palette::sided(self.share(v)),
            Self::Rising { .. } => palette::cell(self.share(v)),
        }
    }

    /// The smallest and the largest number that have a color of their own; none for classes.
    pub(crate) fn ends(&self) -> Option<[f64; 2]> {
        match *self {
            Self::Classes => None,
            Self::Sided { middle, reach } => Some([middle - reach, middle + reach]),
            Self::Rising { lo, hi } => (lo < hi).then_some([lo, hi]),
        }
    }
}

/// The color of a table's cell: counts and shares rise from white, correlations have two sides.
pub(crate) fn table(values: &Matrix) -> impl Fn(f64) -> Rgb {
    let finite = values.as_slice().iter().copied().filter(|v| v.is_finite());
    let (lo, hi) = finite.fold((0.0_f64, 0.0_f64), |(lo, hi), v| (lo.min(v), hi.max(v)));
    let reach = hi.max(-lo);
    move |v| match () {
        () if v.is_nan() => palette::missing(),
        () if reach == 0.0 => palette::cell(0.0),
        () if lo < 0.0 => palette::sided(0.5 + v / 2.0 / reach),
        () => palette::cell(0.9 * v / reach),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_tell_their_kind() {
        assert_eq!(Shade::of(&Matrix::from_rows([[0.0, 1.0, 2.0]])), Shade::Classes);
        let probability = Shade::of(&Matrix::from_rows([[0.1, 0.9]]));
        assert_eq!((probability.share(0.5), probability.ends()), (0.5, Some([0.0, 1.0])));
        let signed = Shade::of(&Matrix::from_rows([[-1.0, 3.5]]));
        assert_eq!((signed.share(0.0), signed.ends()), (0.5, Some([-3.5, 3.5])));
        assert_eq!(Shade::of(&Matrix::from_rows([[2.5, 7.0]])).ends(), Some([2.5, 7.0]));
    }

    #[test]
    fn numbers_without_a_place_have_a_color() {
        let values = Matrix::from_rows([[f64::NAN, f64::INFINITY, 2.5]]);
        let shade = Shade::of(&values);
        for v in values.as_slice() {
            let _ = (shade.color(*v), table(&values)(*v));
        }
        assert_eq!(shade.color(f64::NAN), palette::missing());
    }
}
