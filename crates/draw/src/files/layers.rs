use kit::Matrix;
use kit::figure::{Figure, Layer};

use super::bars::Bars;
use super::image;
use super::plot::{NUMBER, Plot, SPINE};
use super::scene::{Anchor, Frame, Scene};
use crate::contour;
use crate::legend::series;
use crate::palette::{self, INK, Rgb, WHITE};
use crate::scale::short;

/// All layers, from back to front.
pub(crate) fn draw(scene: &mut Scene, figure: &Figure, plot: &Plot) {
    let points: usize =
        figure.layers.iter().map(|l| if let Layer::Points { at, .. } = l { at.len() } else { 0 }).sum();
    let radius = if points > 2000 {
        1.6
    } else if points > 300 {
        2.4
    } else {
        3.6
    };
    let (mut bars, has_signs) = (Bars::default(), has_signs(figure));
    let has_bars = figure.layers.iter().any(|layer| matches!(layer, Layer::Bars { .. }));
    let marks = marks(figure, plot);
    for (layer, series) in figure.layers.iter().zip(series(figure)) {
        let series = series.unwrap_or(0);
        match layer {
            Layer::Points { at, label } => at.iter().filter_map(|p| plot.at(*p)).for_each(|p| {
                if has_signs { sign(scene, p, label, series) } else { point(scene, p, series, radius) }
            }),
            Layer::Line { through, .. } => line(scene, plot, through, palette::series(series), has_bars),
            Layer::Arrows { arrows, label } => {
                let ink = arrow_ink(label, series);
                for [tail, head] in arrows {
                    if let (Some(tail), Some(head)) = (plot.at(*tail), plot.at(*head)) {
                        arrow(scene, tail, head, ink);
                    }
                }
            }
            Layer::Bars { bars: these, .. } => bars.draw(scene, plot, these, series),
            Layer::Field { x, y, values, contours: true, .. } => {
                contours(scene, plot, [*x, *y], values, &marks)
            }
            Layer::Field { x, y, values, .. } => image::field(scene, plot, [*x, *y], values),
            Layer::Image { label, at, size, pixels, color } => {
                if let Some(frame) = image::draw(scene, plot, [*at, *size], pixels, *color) {
                    scene.outline(frame, 0.75, SPINE);
                    let middle = frame.left + frame.width / 2.0;
                    scene.words(label, [middle, frame.top - 6.0], NUMBER, Anchor::Middle);
                }
            }
            Layer::Note { at, text } => {
                if let Some(at) = plot.at(*at) {
                    scene.label(text, at, 12.0, None, INK);
                }
            }
            Layer::Table { .. } => {}
        }
    }
}

/// Dark in any case; with a hint of the layer's color where there are several to be distinguished.
pub(crate) fn arrow_ink(label: &str, series: usize) -> Rgb {
    if label.is_empty() { INK } else { palette::series(series).mix(INK, 0.45) }
}

/// A number without a place interrupts the line; alone between two of them it is a dot.
fn line(scene: &mut Scene, plot: &Plot, through: &[[f64; 2]], ink: Rgb, is_on_bars: bool) {
    let places: Vec<_> = through.iter().map(|p| plot.at(*p)).collect();
    for part in places.split(Option::is_none) {
        let part: Vec<_> = part.iter().copied().flatten().collect();
        match part[..] {
            [] => {}
            [one] => scene.disc(one, 2.0, ink),
            _ => {
                if is_on_bars {
                    scene.line(part.clone(), 4.6, WHITE);
                }
                scene.line(part, 2.0, ink);
            }
        }
    }
}

/// Whether points are drawn as the short names of their layers, as the digits 0 to 9: so many colors and shapes
/// cannot be distinguished.
pub(crate) fn has_signs(figure: &Figure) -> bool {
    let names = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Points { label, .. } => Some(label.chars().count()),
        _ => None,
    });
    let names: Vec<usize> = names.collect();
    names.len() > 6 && names.iter().all(|length| (1..=2).contains(length))
}

/// The name of a layer as the sign of its points.
pub(crate) fn sign(scene: &mut Scene, at: [f64; 2], name: &str, series: usize) {
    scene.label(name, at, 10.0, None, palette::series(series).mix(INK, 0.25));
}

/// Where points and the ends of arrows are.
fn marks(figure: &Figure, plot: &Plot) -> Vec<[f64; 2]> {
    let places = figure.layers.iter().flat_map(|layer| match layer {
        Layer::Points { at, .. } => at.clone(),
        Layer::Arrows { arrows, .. } => {
            arrows.iter().flat_map(|[tail, head]| between(*tail, *head)).collect()
        }
        _ => Vec::new(),
    });
    places.filter_map(|at| plot.at(at)).collect()
}

fn between(from: [f64; 2], to: [f64; 2]) -> impl Iterator<Item = [f64; 2]> {
    (0..=8).map(move |k| {
        let t = f64::from(k) / 8.0;
        [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
    })
}

/// The sign of a layer's points: another shape for each color, with a rim that keeps neighbors apart.
pub(crate) fn point(scene: &mut Scene, [x, y]: [f64; 2], series: usize, radius: f64) {
    let shape = |r: f64| match series % 4 {
        1 => vec![
            [x - 0.88 * r, y - 0.88 * r],
            [x + 0.88 * r, y - 0.88 * r],
            [x + 0.88 * r, y + 0.88 * r],
            [x - 0.88 * r, y + 0.88 * r],
        ],
        2 => vec![[x, y - 1.2 * r], [x + 1.15 * r, y + 0.85 * r], [x - 1.15 * r, y + 0.85 * r]],
        _ => vec![[x, y - 1.3 * r], [x + 1.3 * r, y], [x, y + 1.3 * r], [x - 1.3 * r, y]],
    };
    let rim = if radius > 2.0 { 0.9 } else { 0.4 };
    for (r, fill) in [(radius + rim, WHITE), (radius, palette::series(series))] {
        if series.is_multiple_of(4) { scene.disc([x, y], r, fill) } else { scene.area(shape(r), fill) }
    }
}

/// A shaft with a head that is at most the whole arrow; one without length is a dot.
pub(crate) fn arrow(scene: &mut Scene, tail: [f64; 2], head: [f64; 2], ink: Rgb) {
    let (dx, dy) = (head[0] - tail[0], head[1] - tail[1]);
    let length = dx.hypot(dy);
    if length < 0.5 {
        scene.disc(head, 2.0, ink);
        return;
    }
    let (u, v) = (dx / length, dy / length);
    let long = (0.65 * length).min(12.5);
    let half = 0.36 * long;
    let neck = [head[0] - u * long, head[1] - v * long];
    // The shaft ends within the head, so that no gap shows between them.
    scene.line(vec![tail, [neck[0] + u * long * 0.3, neck[1] + v * long * 0.3]], 2.0, ink);
    let notch = [neck[0] + u * long * 0.2, neck[1] + v * long * 0.2];
    for side in [-1.0, 1.0] {
        scene.area(vec![head, [neck[0] - side * v * half, neck[1] + side * u * half], notch], ink);
    }
}

/// The lines of equal value, each with its number where there is room for it.
fn contours(scene: &mut Scene, plot: &Plot, [x, y]: [[f64; 2]; 2], values: &Matrix, marks: &[[f64; 2]]) {
    let levels = contour::levels(values);
    let place = |[s, t]: [f64; 2]| plot.at([x[0] + (x[1] - x[0]) * s, y[0] + (y[1] - y[0]) * t]);
    let mut labels: Vec<(Frame, String, [f64; 2], Rgb)> = Vec::new();
    for (k, level) in levels.iter().enumerate() {
        let ink = palette::level(k as f64 / (levels.len().max(2) - 1) as f64);
        let mut lines: Vec<Vec<[f64; 2]>> = contour::lines(values, *level)
            .into_iter()
            .map(|line| line.into_iter().filter_map(place).collect())
            .collect();
        lines.sort_by_key(|line: &Vec<[f64; 2]>| std::cmp::Reverse(line.len()));
        let words = short(*level);
        let (mut widest, mut highest) =
            ([f64::INFINITY, f64::NEG_INFINITY], [f64::INFINITY, f64::NEG_INFINITY]);
        for [x, y] in lines.first().into_iter().flatten() {
            widest = [widest[0].min(*x), widest[1].max(*x)];
            highest = [highest[0].min(*y), highest[1].max(*y)];
        }
        let room = (widest[1] - widest[0]).max(highest[1] - highest[0]);
        let free = |at: [f64; 2]| {
            let frame = Frame::around(&words, at, 10.0);
            let inside = [[frame.left, frame.top], [frame.right(), frame.bottom()]]
                .iter()
                .all(|p| plot.frame.holds(*p));
            let wide = frame.grown_by(5.0);
            let is_free = labels.iter().all(|(other, ..)| !other.meets(&frame));
            (inside && is_free && !marks.iter().any(|mark| wide.holds(*mark))).then_some((frame, at))
        };
        let tried = lines.first().map(Vec::as_slice).unwrap_or_default();
        // Steps of seven sixteenths of the line visit all parts of it, far ones first.
        let spots = (1..16).filter_map(|n| tried.get(n * 7 % 16 * tried.len() / 16));
        if let Some((frame, at)) = spots.copied().find_map(free).filter(|_| room > 60.0) {
            labels.push((frame, words, at, ink));
        }
        lines.into_iter().filter(|line| line.len() > 1).for_each(|line| scene.line(line, 1.2, ink));
    }
    for (_, words, at, ink) in labels {
        scene.label(&words, at, 10.0, Some(WHITE), ink.mix(INK, 0.45));
    }
}
