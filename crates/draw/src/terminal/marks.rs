use kit::figure::{Figure, Layer};

use super::canvas::Canvas;
use super::image;
use super::screen::{Color, Screen};
use crate::contour;
use crate::legend::series;
use crate::limits::Limits;
use crate::palette::{self, Rgb};

/// More points than this are single dots, fewer are signs that tell the layers apart without color.
const MANY: usize = 250;

/// All layers, from back to front.
pub(crate) fn draw(canvas: &mut Canvas, figure: &Figure, limits: &Limits, screen: &Screen) {
    let number = |layer: &Layer| if let Layer::Points { at, .. } = layer { at.len() } else { 0 };
    let many = figure.layers.iter().map(number).sum::<usize>() > MANY;
    for (layer, series) in figure.layers.iter().zip(series(figure)) {
        let series = series.unwrap_or(0);
        let ink = Some(palette::glowing(series));
        match layer {
            Layer::Points { at, .. } => {
                for place in at.iter().filter_map(|p| limits.at(*p)) {
                    let (col, row) = canvas.cell(place);
                    if many {
                        canvas.point(place, ink)
                    } else {
                        canvas.put(col, row, point(series, screen), ink)
                    }
                }
            }
            Layer::Line { through, .. } => {
                let places: Vec<_> = through.iter().map(|p| limits.at(*p)).collect();
                // A number without a place interrupts the line; a point between two of them is a dot.
                canvas.dashes = dashes(series, screen);
                for part in places.split(Option::is_none) {
                    let part: Vec<_> = part.iter().copied().flatten().collect();
                    match part[..] {
                        [one] => canvas.point(one, ink),
                        _ => canvas.path(&part, ink),
                    }
                }
                canvas.dashes = None;
            }
            Layer::Arrows { arrows, label } => {
                let ink = if label.is_empty() { None } else { ink };
                canvas.dashes = dashes(series, screen).filter(|_| !label.is_empty());
                for [tail, head] in arrows {
                    if let (Some(tail), Some(head)) = (limits.at(*tail), limits.at(*head)) {
                        canvas.line(tail, head, ink);
                        let (col, row) = canvas.cell(head);
                        canvas.put(col, row, arrow_head(canvas, tail, head, screen), ink);
                    }
                }
                canvas.dashes = None;
            }
            Layer::Bars { bars, .. } => {
                {
                    for (k, bar) in bars.iter().enumerate() {
                        // Neighbors differ a little, so that their common edge is seen.
                        let ink = palette::glowing(series).mix(palette::WHITE, 0.22 * (k % 2) as f64);
                        draw_bar(canvas, limits, *bar, (block(series, screen), ink));
                    }
                }
            }
            Layer::Field { x, y, values, contours: true, .. } => {
                let levels = contour::levels(values);
                for (k, level) in levels.iter().enumerate() {
                    let ink = Some(palette::level(0.25 + 0.75 * k as f64 / (levels.len().max(2) - 1) as f64));
                    for line in contour::lines(values, *level) {
                        let place = |[s, t]: &[f64; 2]| {
                            limits.at([x[0] + (x[1] - x[0]) * s, y[0] + (y[1] - y[0]) * t])
                        };
                        let places: Vec<_> = line.iter().filter_map(place).collect();
                        canvas.path(&places, ink);
                    }
                }
            }
            Layer::Field { x, y, values, .. } => image::field(canvas, limits, [*x, *y], values, screen),
            Layer::Image { at, size, pixels, color, label } => {
                image::draw(canvas, limits, [*at, *size], pixels, *color, screen);
                if let Some(place) = limits.at([at[0] + size[0] / 2.0, at[1] + size[1]]) {
                    let (col, row) = canvas.cell(place);
                    canvas.write(col, (row - 1).max(0), label);
                }
            }
            Layer::Note { at, text } => {
                if let Some(place) = limits.at(*at) {
                    let (col, row) = canvas.cell(place);
                    canvas.write(col, row, text);
                }
            }
            Layer::Table { .. } => {}
        }
    }
}

/// Without colors, lines are distinguished by their dashes.
fn dashes(series: usize, screen: &Screen) -> Option<[usize; 2]> {
    let apart = screen.color == Color::None && screen.unicode;
    [None, Some([2, 2]), Some([6, 3]), Some([1, 3])][series % 4].filter(|_| apart)
}

/// What a line looks like in the legend.
pub(crate) fn stroke(series: usize, screen: &Screen) -> &'static str {
    match dashes(series, screen) {
        _ if !screen.unicode => "--",
        None => "──",
        Some([1, _]) => "··",
        Some([2, _]) => "┄┄",
        Some(_) => "╌╌",
    }
}

fn draw_bar(canvas: &mut Canvas, limits: &Limits, [left, right, height]: [f64; 3], (sign, ink): (char, Rgb)) {
    let (Some(left), Some(right), Some(top)) = (limits.x.at(left), limits.x.at(right), limits.y.at(height))
    else {
        return;
    };
    let foot = limits.y.at(0.0).unwrap_or(0.0);
    let col = |t: f64| (t.clamp(0.0, 1.0) * canvas.cols as f64).round() as i64;
    let (first, last) = (col(left.min(right)), col(left.max(right)));
    let eighths = |t: f64| (t.clamp(0.0, 1.0) * canvas.rows as f64 * 8.0).round() as i64;
    let (low, high) = (eighths(foot.min(top)), eighths(foot.max(top)));
    for row in low / 8..canvas.rows as i64 {
        // What hangs below zero is rounded to whole characters: there are no blocks that fill from above.
        let filled = (high - row * 8).clamp(0, 8);
        let filled = if top < foot && filled > 0 { 8 } else { filled };
        for col in first..last.max(first + 1).min(canvas.cols as i64) {
            let row = canvas.rows as i64 - 1 - row;
            let enough = sign == '█' || filled >= 4;
            canvas.fill(col, row, if enough { filled as usize } else { 0 }, sign, ink);
        }
    }
}

/// The sign of a point of this layer.
pub(crate) fn point(series: usize, screen: &Screen) -> char {
    let signs =
        if screen.unicode { ['●', '×', '▲', '□', '+', '◇'] } else { ['o', 'x', '^', '#', '+', '*'] };
    signs[series % signs.len()]
}

/// What the bars of this layer are made of.
pub(crate) fn block(series: usize, screen: &Screen) -> char {
    match (screen.unicode, screen.color) {
        (false, _) => ['#', '=', '%', ':'][series % 4],
        (true, Color::None) => ['█', '▒', '░', '▓'][series % 4],
        (true, _) => '█',
    }
}

fn arrow_head(canvas: &Canvas, tail: [f64; 2], head: [f64; 2], screen: &Screen) -> char {
    let (dx, dy) = ((head[0] - tail[0]) * canvas.cols as f64, (head[1] - tail[1]) * canvas.rows as f64 * 2.0);
    let turn = (dy.atan2(dx) / std::f64::consts::FRAC_PI_4).round().rem_euclid(8.0) as usize;
    let heads = if screen.unicode {
        ['→', '↗', '↑', '↖', '←', '↙', '↓', '↘']
    } else {
        ['>', '>', '^', '<', '<', '<', 'v', '>']
    };
    heads[turn % 8]
}
