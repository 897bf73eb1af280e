use kit::Matrix;

use super::canvas::Canvas;
use super::screen::{Color, Screen};
use crate::limits::Limits;
use crate::palette::Rgb;
use crate::shade::Shade;

/// The cells of a field, or its smallest to largest as signs where there are no colors.
pub(crate) fn field(
    canvas: &mut Canvas,
    limits: &Limits,
    [x, y]: [[f64; 2]; 2],
    values: &Matrix,
    screen: &Screen,
) {
    let shade = Shade::of(values);
    let (rows, cols) = values.shape();
    let sample = |[s, t]: [f64; 2]| {
        // The first and the last number stand on the edge, so the grid has one step less than numbers.
        let index = |at: f64, ends: [f64; 2], n: usize| {
            let share = (at / 2.0 - ends[0] / 2.0) / (ends[1] / 2.0 - ends[0] / 2.0);
            (-1e-9..=1.0 + 1e-9)
                .contains(&share)
                .then(|| (share.clamp(0.0, 1.0) * (n.max(1) - 1) as f64).round() as usize)
        };
        let (i, j) = (index(limits.y.value(t), y, rows)?, index(limits.x.value(s), x, cols)?);
        (i < rows && j < cols).then(|| values[(i, j)])
    };
    let classes = if shade == Shade::Classes { 3.0 } else { 1.0 };
    let shown = |v: f64| (shade.color(v), (shade.share(v) * classes).min(1.0));
    every_cell(canvas, screen, |at, _| sample(at).map(shown));
}

/// An image: each half cell shows the mean of the pixels that it covers.
pub(crate) fn draw(
    canvas: &mut Canvas,
    limits: &Limits,
    [at, size]: [[f64; 2]; 2],
    pixels: &Matrix,
    color: bool,
    screen: &Screen,
) {
    let depth = if color { 3 } else { 1 };
    let (rows, cols) = (pixels.rows(), pixels.cols() / depth);
    if rows == 0 || cols == 0 {
        return;
    }
    every_cell(canvas, screen, |[s, t], [width, height]| {
        let across = |s: f64| (limits.x.value(s) - at[0]) / size[0];
        let down = |t: f64| 1.0 - (limits.y.value(t) - at[1]) / size[1];
        let (x, y) = (across(s), down(t));
        if !((0.0..1.0).contains(&x) && (0.0..1.0).contains(&y)) {
            return None;
        }
        let range = |from: f64, to: f64, n: usize| {
            let (from, to) = ((from.min(to) * n as f64).round(), (from.max(to) * n as f64).round());
            let first = (from.max(0.0) as usize).min(n - 1);
            first..(to.max(0.0) as usize).clamp(first + 1, n)
        };
        let (i, j) = (
            range(down(t + height), down(t - height), rows),
            range(across(s - width), across(s + width), cols),
        );
        let mean = |channel: usize| {
            let all = i.clone().flat_map(|i| j.clone().map(move |j| pixels[(i, depth * j + channel)]));
            all.map(|v| v.clamp(0.0, 1.0)).sum::<f64>() / (i.len() * j.len()) as f64
        };
        let rgb = if color { Rgb::channels(mean(0), mean(1), mean(2)) } else { Rgb::gray(mean(0)) };
        Some((rgb, if color { rgb.lightness() } else { mean(0) }))
    });
}

/// Asks for the color and the share from 0 to 1 at the middle of each half cell, given half its width and height.
fn every_cell(
    canvas: &mut Canvas,
    screen: &Screen,
    shown: impl Fn([f64; 2], [f64; 2]) -> Option<(Rgb, f64)>,
) {
    let (cols, rows) = (canvas.cols, canvas.rows);
    let half = [0.5 / cols as f64, 0.25 / rows as f64];
    for row in 0..rows {
        for col in 0..cols {
            let x = (col as f64 + 0.5) / cols as f64;
            let y = |part: f64| 1.0 - (row as f64 + part) / rows as f64;
            let (top, bottom) = (shown([x, y(0.25)], half), shown([x, y(0.75)], half));
            let (Some((top, a)), Some((bottom, b))) = (top.or(bottom), bottom.or(top)) else { continue };
            let (col, row) = (col as i64, row as i64);
            if screen.color == Color::None {
                canvas.shade(col, row, density((a + b) / 2.0, screen));
            } else {
                canvas.halves(col, row, [top, bottom]);
            }
        }
    }
}

/// A sign that is the fuller the larger the share.
pub(crate) fn density(share: f64, screen: &Screen) -> char {
    if share.is_nan() {
        return '?';
    }
    let signs: &[char] = if screen.unicode {
        &[' ', '░', '▒', '▓', '█']
    } else {
        &[' ', '.', ':', '-', '=', '+', '*', '#', '%', '@']
    };
    signs[((share.clamp(0.0, 1.0) * signs.len() as f64) as usize).min(signs.len() - 1)]
}
