use super::scene::Frame;
use crate::limits::Limits;
use crate::palette::Rgb;

pub(crate) const NAME: f64 = 13.0;
pub(crate) const NUMBER: f64 = 11.5;
pub(crate) const SPINE: Rgb = Rgb(92, 99, 107);

/// Where things stand in a plot.
pub(crate) struct Plot {
    pub frame: Frame,
    pub limits: Limits,
}

impl Plot {
    /// The point on the page, for numbers that have a place.
    pub(crate) fn at(&self, point: [f64; 2]) -> Option<[f64; 2]> {
        self.limits.at(point).map(|place| self.frame.at(place))
    }
}
