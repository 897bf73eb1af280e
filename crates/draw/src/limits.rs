//! The range of each axis, from all that is drawn.

use kit::figure::{Axis, Figure, Layer};

use crate::scale::Scale;

/// Both axes, and how many numbers found no place on them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub x: Scale,
    pub y: Scale,
    /// Points, bars, notes and cells with a number that is NaN, infinite, or not positive on a log axis.
    pub left_out: usize,
}

/// The smallest range that holds all of an axis. What fills its box to the edge (bars, fields, images) asks for no
/// margin; points and lines do.
#[derive(Default)]
struct Extent {
    tight: Option<[f64; 2]>,
    loose: Option<[f64; 2]>,
}

impl Limits {
    pub(crate) fn of(figure: &Figure) -> Self {
        let (mut x, mut y, mut left_out) = (Extent::default(), Extent::default(), 0);
        let fits = |v: f64, axis: &Axis| v.is_finite() && (!axis.logarithmic || v > 0.0);
        let mut take = |corners: &[[f64; 2]], tight: [bool; 2]| {
            if corners.iter().all(|[a, b]| fits(*a, &figure.x) && fits(*b, &figure.y)) {
                corners.iter().for_each(|[a, b]| {
                    x.include(*a, tight[0]);
                    y.include(*b, tight[1]);
                });
            } else {
                left_out += 1;
            }
        };
        for layer in &figure.layers {
            match layer {
                Layer::Points { at: points, .. } | Layer::Line { through: points, .. } => {
                    points.iter().for_each(|p| take(&[*p], [false; 2]));
                }
                Layer::Arrows { arrows, .. } => arrows.iter().for_each(|ends| take(ends, [false; 2])),
                Layer::Bars { bars, .. } => bars.iter().for_each(|&[left, right, height]| {
                    take(&[[left, height], [right, height]], [false; 2]);
                    if !figure.y.logarithmic && height.is_finite() {
                        take(&[[left, 0.0]], [false, true]);
                    }
                }),
                Layer::Field { x, y, values, .. } => {
                    take(&[[x[0], y[0]], [x[1], y[1]]], [true; 2]);
                    left_out_cells(values.as_slice(), &mut take);
                }
                // A table has its own place.
                Layer::Table { .. } => {}
                Layer::Image { at, size, .. } => {
                    take(&[*at, [at[0] + size[0], at[1] + size[1]]], [true; 2]);
                }
                Layer::Note { at, .. } => take(&[*at], [true; 2]),
            }
        }
        Self { x: x.scale(&figure.x), y: y.scale(&figure.y), left_out }
    }

    /// The place of a point, each coordinate from 0 to 1.
    pub(crate) fn at(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        Some([self.x.at(x)?, self.y.at(y)?])
    }

    /// How many times as wide as high the plot is where units are equally long.
    pub(crate) fn aspect(&self) -> f64 {
        (self.x.hi / 2.0 - self.x.lo / 2.0) / (self.y.hi / 2.0 - self.y.lo / 2.0)
    }

    /// Lengthens one axis so that units are equally long in a box so many times as wide as high.
    pub(crate) fn widen(&mut self, aspect: f64) {
        let factor = aspect / self.aspect();
        let (axis, factor) = if factor > 1.0 { (&mut self.x, factor) } else { (&mut self.y, 1.0 / factor) };
        let (lo, hi) = (axis.value(0.5 - factor / 2.0), axis.value(0.5 + factor / 2.0));
        if lo.is_finite() && hi.is_finite() {
            (axis.lo, axis.hi) = (lo, hi);
        }
    }

    /// Room above for a caption: a share of the height.
    pub(crate) fn raise(&mut self, share: f64) {
        let hi = self.y.value(1.0 + share);
        self.y.hi = if hi.is_finite() { hi } else { self.y.hi };
    }
}

/// Whether one unit is equally long on both axes: where the figure says so, and for a sheet of images without axes,
/// whose pixels are square.
pub(crate) fn equal_axes(figure: &Figure) -> bool {
    let on_a_sheet = |layer: &Layer| matches!(layer, Layer::Image { .. } | Layer::Note { .. });
    let sheet = figure.layers.iter().any(|layer| matches!(layer, Layer::Image { .. }))
        && figure.layers.iter().all(on_a_sheet)
        && figure.x.label.is_empty()
        && figure.y.label.is_empty();
    (figure.equal_axes || sheet) && !figure.x.logarithmic && !figure.y.logarithmic
}

/// Counts the cells that are not finite without widening any range.
fn left_out_cells(values: &[f64], take: &mut impl FnMut(&[[f64; 2]], [bool; 2])) {
    values.iter().filter(|v| !v.is_finite()).for_each(|_| take(&[[f64::NAN; 2]], [true; 2]));
}

impl Extent {
    fn include(&mut self, v: f64, tight: bool) {
        let range = if tight { &mut self.tight } else { &mut self.loose };
        let [lo, hi] = range.unwrap_or([v, v]);
        *range = Some([lo.min(v), hi.max(v)]);
    }

    fn scale(&self, axis: &Axis) -> Scale {
        let logarithmic = axis.logarithmic;
        let (Some(lo), Some(hi)) = (self.end(0, f64::min), self.end(1, f64::max)) else {
            let lo = if logarithmic { 0.1 } else { 0.0 };
            return Scale { lo, hi: if logarithmic { 10.0 } else { 1.0 }, logarithmic };
        };
        if logarithmic {
            let same = hi / lo < 1.0 + 1e-9;
            let factor = if same { 3.0 } else { (hi / lo).powf(0.04).min(1e6) };
            let lower = if self.is_tight(0, lo) && !same { lo } else { (lo / factor).max(f64::MIN_POSITIVE) };
            let upper = if self.is_tight(1, hi) && !same { hi } else { (hi * factor).min(f64::MAX) };
            return Scale { lo: lower, hi: upper, logarithmic };
        }
        let span = hi / 2.0 - lo / 2.0;
        let same = span <= 1e-13 * lo.abs().max(hi.abs());
        let margin = if same { (0.1 * lo.abs().max(hi.abs())).max(0.5) } else { 0.08 * span };
        let lower = if self.is_tight(0, lo) && !same { lo } else { (lo - margin).max(-f64::MAX) };
        let upper = if self.is_tight(1, hi) && !same { hi } else { (hi + margin).min(f64::MAX) };
        Scale { lo: lower, hi: upper, logarithmic }
    }

    fn end(&self, end: usize, pick: fn(f64, f64) -> f64) -> Option<f64> {
        let ends: Vec<f64> = [self.tight, self.loose].into_iter().flatten().map(|range| range[end]).collect();
        ends.into_iter().reduce(pick)
    }

    fn is_tight(&self, end: usize, v: f64) -> bool {
        self.tight.is_some_and(|range| range[end] == v)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(at: &[[f64; 2]]) -> Limits {
        Limits::of(&Figure::new("", "x", "y").with(Layer::Points { label: String::new(), at: at.to_vec() }))
    }

    #[test]
    fn a_margin_keeps_points_off_the_edge() {
        let limits = points(&[[0.0, 0.0], [10.0, 1.0]]);
        assert_eq!((limits.x.lo, limits.x.hi), (-0.4, 10.4));
    }

    #[test]
    fn one_point_or_none_still_has_a_range() {
        for at in
            [&[][..], &[[3.0, 0.0]], &[[1e300, -1e-300]], &[[f64::MAX, -f64::MAX], [-f64::MAX, f64::MAX]]]
        {
            let limits = points(at);
            assert!(limits.x.lo < limits.x.hi && limits.y.lo < limits.y.hi, "{limits:?}");
            assert!(limits.x.lo.is_finite() && limits.x.hi.is_finite());
        }
    }

    #[test]
    fn what_has_no_place_is_counted() {
        assert_eq!(points(&[[f64::NAN, 0.0], [1.0, f64::INFINITY], [1.0, 1.0]]).left_out, 2);
    }

    #[test]
    fn bars_stand_on_zero() {
        let bars = Layer::Bars { label: String::new(), bars: vec![[0.0, 1.0, 5.0], [1.0, 2.0, 3.0]] };
        let limits = Limits::of(&Figure::new("", "x", "y").with(bars));
        assert_eq!(limits.y.lo, 0.0);
        assert!(limits.y.hi > 5.0);
    }
}
