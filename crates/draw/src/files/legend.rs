use kit::figure::{Figure, Layer};

use super::bars;
use super::font;
use super::layers::{arrow, arrow_ink, has_signs, point, sign};
use super::plot::{NUMBER, Plot, SPINE};
use super::scene::{Anchor, DIGIT, Frame, Mark, Scene};
use crate::legend::{Entry, Kind, entries};
use crate::palette::{self, INK, Rgb, WHITE};
use crate::scale::Scale;
use crate::shade::Shade;

const SIZE: f64 = 12.0;
const ROW: f64 = 19.0;
/// How long a line or an arrow is in the legend.
const SAMPLE: f64 = 26.0;
const EDGE: Rgb = Rgb(214, 218, 223);

/// Draws the legend and the scale of colors; returns how far to the right they reach.
pub(crate) fn draw(scene: &mut Scene, figure: &Figure, plot: &Plot) -> f64 {
    let mut right = plot.frame.right();
    let entries = entries(figure);
    if !entries.is_empty() {
        let longest = entries.iter().map(|entry| font::width(entry.label, SIZE)).fold(0.0, f64::max);
        let (width, height) = (SAMPLE + longest + 26.0, ROW * entries.len() as f64 + 8.0);
        let frame = match free_corner(scene, figure, plot, width, height) {
            Some(corner) => {
                scene.rectangle(corner, WHITE);
                corner
            }
            None => {
                right += 14.0 + width;
                Frame { left: right - width, top: plot.frame.top, width, height }
            }
        };
        scene.outline(frame, 0.75, EDGE);
        for (k, entry) in entries.iter().enumerate() {
            let y = frame.top + 4.0 + ROW * (k as f64 + 0.5);
            sample(scene, entry, frame.left + 8.0, y, has_signs(figure));
            scene.words(
                entry.label,
                [frame.left + SAMPLE + 16.0, y + SIZE * DIGIT / 2.0],
                SIZE,
                Anchor::Start,
            );
        }
    }
    let fields = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Field { label, values, contours: false, .. } => Some((label, Shade::of(values))),
        _ => None,
    });
    let below = if right > plot.frame.right() { ROW * entries.len() as f64 + 22.0 } else { 0.0 };
    let bars: Vec<_> = fields.filter(|(_, shade)| shade.ends().is_some()).collect();
    let mut left = plot.frame.right() + 14.0;
    for (label, shade) in bars {
        left = color_bar(scene, plot, label, &shade, [left, plot.frame.top + below]);
        right = right.max(left);
    }
    right
}

fn sample(scene: &mut Scene, entry: &Entry<'_>, x: f64, y: f64, signs: bool) {
    let (ink, end) = (palette::series(entry.series), x + SAMPLE);
    for kind in [Kind::Bar, Kind::Line, Kind::Arrow, Kind::Points] {
        match kind {
            _ if !entry.kinds.contains(&kind) => {}
            Kind::Bar => {
                let frame = Frame { left: x + 4.0, top: y - 5.0, width: SAMPLE - 8.0, height: 10.0 };
                scene.rectangle(frame, bars::fill(entry.series));
                scene.outline(frame, 0.9, ink.mix(INK, 0.15));
            }
            Kind::Line => scene.line(vec![[x, y], [end, y]], 2.0, ink),
            Kind::Arrow => arrow(scene, [x, y], [end, y], arrow_ink(entry.label, entry.series)),
            Kind::Points if signs => sign(scene, [x + SAMPLE / 2.0, y], entry.label, entry.series),
            Kind::Points => point(scene, [x + SAMPLE / 2.0, y], entry.series, 3.6),
        }
    }
}

/// A place within the plot where the legend covers nothing: upper right first, as readers expect it.
fn free_corner(scene: &Scene, figure: &Figure, plot: &Plot, width: f64, height: f64) -> Option<Frame> {
    let filled = |layer: &Layer| matches!(layer, Layer::Field { contours: false, .. } | Layer::Image { .. });
    if figure.layers.iter().any(filled) {
        return None;
    }
    let (inner, gap) = (plot.frame, 8.0);
    let (near, far) = (inner.left + gap, inner.right() - gap - width);
    let (upper, lower) = (inner.top + gap, inner.bottom() - gap - height);
    if far < near || lower < upper {
        return None;
    }
    let places = [
        (far, upper),
        (near, upper),
        (far, lower),
        (near, lower),
        ((near + far) / 2.0, upper),
        ((near + far) / 2.0, lower),
    ];
    let frames = places.map(|(left, top)| Frame { left, top, width, height });
    // Grid lines come first and may be covered.
    frames.into_iter().find(|frame| !scene.marks.iter().any(|mark| covers(mark, frame, plot)))
}

fn covers(mark: &Mark, frame: &Frame, plot: &Plot) -> bool {
    let near = Frame {
        left: frame.left - 4.0,
        top: frame.top - 4.0,
        width: frame.width + 8.0,
        height: frame.height + 8.0,
    };
    match mark {
        Mark::Line { points, .. } => {
            let [first, last] = [points.first(), points.last()].map(|p| p.copied().unwrap_or_default());
            let across = points.len() == 2
                && ((first[0] == last[0] && (first[1] - last[1]).abs() >= plot.frame.height)
                    || (first[1] == last[1] && (first[0] - last[0]).abs() >= plot.frame.width));
            !across && points.windows(2).any(|ends| crosses(ends[0], ends[1], &near))
        }
        Mark::Area { points, .. } => {
            let axis = |k: usize| points.iter().map(move |p| p[k]);
            let least = |k: usize| axis(k).fold(f64::INFINITY, f64::min);
            let most = |k: usize| axis(k).fold(f64::NEG_INFINITY, f64::max);
            near.meets(&Frame {
                left: least(0),
                top: least(1),
                width: most(0) - least(0),
                height: most(1) - least(1),
            })
        }
        Mark::Disc { at, .. } => near.holds(*at),
        Mark::Text { words, at, size, .. } => near.meets(&Frame::around(words, *at, *size)),
        Mark::Bitmap { .. } => true,
    }
}

fn crosses(from: [f64; 2], to: [f64; 2], frame: &Frame) -> bool {
    let steps = ((to[0] - from[0]).hypot(to[1] - from[1]) / 3.0).ceil().clamp(1.0, 1000.0);
    (0..=steps as usize).any(|k| {
        let t = k as f64 / steps;
        frame.holds([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t])
    })
}

/// The colors of a field from the smallest number below to the largest above.
fn color_bar(scene: &mut Scene, plot: &Plot, label: &str, shade: &Shade, [left, top]: [f64; 2]) -> f64 {
    let Some([lo, hi]) = shade.ends() else { return left };
    let frame = Frame { left, top, width: 13.0, height: (plot.frame.bottom() - top).max(60.0) };
    let scale = Scale { lo, hi, logarithmic: false };
    let colors = (0..128).rev().flat_map(|k| {
        let Rgb(red, green, blue) = shade.color(scale.value((f64::from(k) + 0.5) / 128.0));
        [red, green, blue]
    });
    let (at, size) = ([frame.left, frame.top], [frame.width, frame.height]);
    scene.marks.push(Mark::Bitmap { at, size, shape: [128, 1], pixels: colors.collect(), sharp: false });
    scene.outline(frame, 0.75, SPINE);
    let mut right = frame.right();
    for tick in scale.ticks((frame.height / 60.0).max(2.0) as usize) {
        let y = frame.at([1.0, tick.at])[1];
        scene.line(vec![[frame.right(), y], [frame.right() + 4.0, y]], 1.0, SPINE);
        scene.words(&tick.label, [frame.right() + 7.0, y + NUMBER * DIGIT / 2.0], NUMBER, Anchor::Start);
        right = right.max(frame.right() + 7.0 + font::width(&tick.label, NUMBER));
    }
    if label.is_empty() {
        return right;
    }
    scene.upwards(label, [right + 8.0 + SIZE, frame.at([0.0, 0.5])[1]], SIZE, Anchor::Middle);
    right + 14.0 + SIZE
}
