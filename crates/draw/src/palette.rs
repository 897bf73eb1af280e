//! Colors that stay apart for color-blind readers and on gray paper.

/// Red, green and blue, each from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb(pub u8, pub u8, pub u8);

pub(crate) const WHITE: Rgb = Rgb(255, 255, 255);
/// Text and axes.
pub(crate) const INK: Rgb = Rgb(38, 42, 48);

/// One color a layer, in turn: the palette of Okabe and Ito (2008) without its yellow, which is lost on white paper.
const SERIES: [Rgb; 6] = [
    Rgb(0, 114, 178),
    Rgb(213, 94, 0),
    Rgb(0, 158, 115),
    Rgb(204, 121, 167),
    Rgb(230, 159, 0),
    Rgb(86, 180, 233),
];

/// From little to much, light to dark: for cells that numbers stand on.
const BLUES: [Rgb; 5] =
    [Rgb(247, 251, 255), Rgb(205, 224, 241), Rgb(133, 188, 220), Rgb(46, 125, 187), Rgb(8, 48, 107)];

/// From little to much through equal steps of lightness (viridis), the lightest end left out: lines must be seen on white.
const VIRIDIS: [Rgb; 5] =
    [Rgb(68, 1, 84), Rgb(59, 82, 139), Rgb(33, 145, 140), Rgb(94, 201, 98), Rgb(176, 214, 47)];

/// Below, at and above a middle: the first two colors of [`SERIES`], pale enough to carry points.
const DIVERGING: [Rgb; 5] =
    [Rgb(120, 176, 214), Rgb(196, 219, 236), Rgb(247, 247, 247), Rgb(248, 213, 184), Rgb(236, 160, 104)];

impl Rgb {
    /// This color with the share `t` of another in it.
    pub(crate) fn mix(self, other: Rgb, t: f64) -> Rgb {
        let channel =
            |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * t.clamp(0.0, 1.0)).round();
        let byte = |x: f64| x.clamp(0.0, 255.0) as u8;
        Rgb(byte(channel(self.0, other.0)), byte(channel(self.1, other.1)), byte(channel(self.2, other.2)))
    }

    /// How light it looks, from 0 to 1 (Rec. 709 weights).
    pub(crate) fn lightness(self) -> f64 {
        (0.2126 * f64::from(self.0) + 0.7152 * f64::from(self.1) + 0.0722 * f64::from(self.2)) / 255.0
    }

    /// The ink that is read best on this color.
    pub(crate) fn ink(self) -> Rgb {
        if self.lightness() > 0.55 { INK } else { WHITE }
    }

    /// Gray from brightness 0 to 1; what is no number is the pink of [`missing`].
    pub(crate) fn gray(brightness: f64) -> Rgb {
        Rgb::channels(brightness, brightness, brightness)
    }

    /// From three brightnesses from 0 to 1.
    pub(crate) fn channels(red: f64, green: f64, blue: f64) -> Rgb {
        if red.is_nan() || green.is_nan() || blue.is_nan() {
            return missing();
        }
        let byte = |x: f64| (x.clamp(0.0, 1.0) * 255.0).round() as u8;
        Rgb(byte(red), byte(green), byte(blue))
    }
}

/// The color of the n-th layer that has one.
pub(crate) fn series(n: usize) -> Rgb {
    SERIES[n % SERIES.len()]
}

/// The same on the dark or light background of a terminal.
pub(crate) fn glowing(n: usize) -> Rgb {
    series(n).mix(WHITE, 0.2)
}

/// What is not a number.
pub(crate) fn missing() -> Rgb {
    Rgb(238, 200, 214)
}

/// For the cells of a table, `t` from 0 to 1.
pub(crate) fn cell(t: f64) -> Rgb {
    along(&BLUES, t)
}

/// For lines of equal value, `t` from 0 to 1.
pub(crate) fn level(t: f64) -> Rgb {
    along(&VIRIDIS, t)
}

/// For the cells of a field on both sides of a middle, `t` from 0 to 1.
pub(crate) fn sided(t: f64) -> Rgb {
    along(&DIVERGING, t)
}

/// For regions: the color of a layer as a background.
pub(crate) fn region(n: usize) -> Rgb {
    series(n).mix(WHITE, 0.68)
}

fn along(stops: &[Rgb], t: f64) -> Rgb {
    if t.is_nan() {
        return missing();
    }
    let place = t.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let left = (place as usize).min(stops.len() - 2);
    stops[left].mix(stops[left + 1], place - left as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scales_end_where_they_should_and_bear_anything() {
        assert_eq!((cell(0.0), cell(1.0)), (BLUES[0], BLUES[4]));
        assert_eq!((cell(-5.0), cell(f64::INFINITY)), (BLUES[0], BLUES[4]));
        assert_eq!((cell(f64::NAN), Rgb::gray(f64::NAN)), (missing(), missing()));
    }

    #[test]
    fn numbers_on_cells_are_read() {
        for t in 0..=20 {
            let paper = cell(f64::from(t) / 20.0);
            assert!((paper.lightness() - paper.ink().lightness()).abs() > 0.35, "{paper:?}");
        }
    }
}
