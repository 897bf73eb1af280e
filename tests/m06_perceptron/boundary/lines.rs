//! Lines across rectangles, and where they cross the border.

use judge::{Answer, Broken, any};
use katas::m06_perceptron::boundary::decision_line;
use proptest::prelude::*;

pub const CALL: &str = "decision_line(w, b, x, y)";

/// w, b and the ends of a rectangle. A type of its own, so that each has its name.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub w: [f64; 2],
    pub b: f64,
    pub x: [f64; 2],
    pub y: [f64; 2],
}

impl judge::Inputs for Line {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.w), self.b.to_string(), format!("{:?}", self.x), format!("{:?}", self.y)]
    }
}

impl Line {
    pub fn height(&self, [x, y]: [f64; 2]) -> f64 {
        self.w[0] * x + self.w[1] * y + self.b
    }

    /// The smallest and the largest height of a corner; eighths, so exact.
    pub fn heights(&self) -> [f64; 2] {
        let ends = [f64::INFINITY, f64::NEG_INFINITY];
        self.x
            .iter()
            .flat_map(|&x| self.y.map(|y| self.height([x, y])))
            .fold(ends, |[a, b], z| [a.min(z), b.max(z)])
    }

    pub fn size(&self) -> f64 {
        self.w[0].abs() * self.x[0].abs().max(self.x[1].abs())
            + self.w[1].abs() * self.y[0].abs().max(self.y[1].abs())
            + self.b.abs()
    }

    pub fn answer(&self) -> Result<Option<[[f64; 2]; 2]>, Broken> {
        decision_line(self.w, self.b, self.x, self.y).accepted(CALL)
    }
}

/// Upright and level lines come often; the rectangle lies anywhere.
pub fn line() -> impl Strategy<Value = Line> + Send + Sync + Clone {
    let w = prop_oneof![
        4 => [any::nonzero(), any::nonzero()].sboxed(),
        1 => any::nonzero().prop_map(|w| [w, 0.0]).sboxed(),
        1 => any::nonzero().prop_map(|w| [0.0, w]).sboxed(),
    ];
    let side = || {
        (any::eighth(), (1..=64_i32).prop_map(|k| f64::from(k) / 8.0))
            .prop_map(|(low, width)| [low, low + width])
    };
    (w, any::eighth(), side(), side()).prop_map(|(w, b, x, y)| Line { w, b, x, y })
}

/// A line through the inside of its rectangle.
pub fn crossing() -> impl Strategy<Value = Line> + Send + Sync + Clone {
    (line(), 1..8_i32, 1..8_i32).prop_map(|(mut line, i, j)| {
        let at = |[low, high]: [f64; 2], k: i32| low + (high - low) * f64::from(k) / 8.0;
        line.b = 0.0;
        line.b = -line.height([at(line.x, i), at(line.y, j)]);
        line
    })
}

/// A line through the inside of its rectangle, of numbers that only `f64` distinguishes.
pub fn fine_crossing() -> impl Strategy<Value = Line> + Send + Sync + Clone {
    let more = (-999..=999_i32).prop_map(|k| f64::from(k) * 1e-10);
    (crossing(), [more.clone(), more.clone(), more]).prop_map(|(mut line, [a, b, c])| {
        // So little that it goes on crossing: every corner stays on its side, an eighth of a side away.
        line.w = [line.w[0] + a, line.w[1] + b];
        line.x[1] += c.abs();
        line
    })
}

pub const NAMES: &str = "w, b, x, y";
