//! Bars, which may stand in front of others.

use super::plot::Plot;
use super::scene::{Frame, Scene};
use crate::palette::{self, INK, Rgb, WHITE};

/// The bars of one layer after the other.
#[derive(Default)]
pub(crate) struct Bars {
    drawn: Vec<(Frame, usize)>,
}

impl Bars {
    /// Draws the bars of a layer; where they stand in front of others, both colors are seen.
    pub(crate) fn draw(&mut self, scene: &mut Scene, plot: &Plot, bars: &[[f64; 3]], series: usize) {
        let frames: Vec<Frame> = bars.iter().filter_map(|bar| frame(plot, *bar)).collect();
        for frame in &frames {
            scene.rectangle(*frame, fill(series));
            for (behind, other) in &self.drawn {
                if let Some(both) = frame.shared_with(behind) {
                    scene.rectangle(both, fill(series).mix(fill(*other), 0.5));
                }
            }
        }
        self.drawn.extend(frames.into_iter().map(|frame| (frame, series)));
        for (frame, series) in &self.drawn {
            scene.outline(*frame, 0.9, rim(*series));
        }
    }
}

fn frame(plot: &Plot, [left, right, height]: [f64; 3]) -> Option<Frame> {
    let (left, right, top) = (plot.limits.x.at(left)?, plot.limits.x.at(right)?, plot.limits.y.at(height)?);
    let foot = plot.limits.y.at(0.0).unwrap_or(0.0).clamp(0.0, 1.0);
    let [x, y] = plot.frame.at([left.min(right), top.max(foot)]);
    let [to, bottom] = plot.frame.at([left.max(right), top.min(foot)]);
    Some(Frame { left: x, top: y, width: to - x, height: bottom - y })
}

fn rim(series: usize) -> Rgb {
    palette::series(series).mix(INK, 0.15)
}

pub(crate) fn fill(series: usize) -> Rgb {
    palette::series(series).mix(WHITE, 0.45)
}
