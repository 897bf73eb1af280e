//! Figures drawn with characters: lines in braille, bars and images in blocks, tables as text.

mod ascii;
mod axes;
mod canvas;
mod image;
mod legend;
mod marks;
mod screen;
mod table;

use kit::figure::{Figure, Layer};

pub use screen::{Color, Screen};

use crate::limits::{Limits, equal_axes};
use canvas::Canvas;

/// The figure as lines of text, none longer than the screen is wide (from 24 columns on).
///
/// A [`Layer::Table`] stands below the title as text; whatever else there is follows as one plot.
#[must_use]
pub fn draw(figure: &Figure, screen: &Screen) -> String {
    let screen = &Screen { width: screen.width.clamp(24, 400), ..*screen };
    let figure = &if screen.unicode { figure.clone() } else { ascii::figure(figure) };
    let mut lines = Vec::new();
    if !figure.title.is_empty() {
        lines.push(strong(&figure.title, screen));
        lines.push(String::new());
    }
    let (tables, others): (Vec<_>, Vec<_>) =
        figure.layers.iter().cloned().partition(|layer| matches!(layer, Layer::Table { .. }));
    for layer in &tables {
        lines.extend(table::lines(figure, layer, screen));
    }
    if figure.layers.is_empty() {
        lines.extend(wrap("(the figure is empty: it has no layers)", screen.width));
    } else if !others.is_empty() {
        lines.extend(plot(&Figure { layers: others, ..figure.clone() }, screen));
    }
    let mut text = lines.join("\n") + "\n";
    if !screen.unicode {
        text = ascii::plain(&text);
    }
    text
}

fn plot(figure: &Figure, screen: &Screen) -> Vec<String> {
    let mut limits = Limits::of(figure);
    let left_out = limits.left_out;
    let room = axes::room(figure, &limits, screen);
    let (cols, rows) = size(figure, &limits, room);
    let captions =
        figure.layers.iter().any(|layer| matches!(layer, Layer::Image { label, .. } if !label.is_empty()));
    if captions {
        limits.raise(1.2 / rows as f64);
    }
    if equal_axes(figure) {
        limits.widen(cols as f64 / (2.0 * rows as f64));
    }
    let mut canvas = Canvas::new(cols, rows);
    marks::draw(&mut canvas, figure, &limits, screen);
    let mut lines = axes::around(figure, &limits, &canvas, screen);
    lines.extend(legend::lines(figure, screen));
    if left_out > 0 {
        let numbers = if left_out == 1 { "1 place is" } else { &format!("{left_out} places are") };
        let log =
            if figure.x.logarithmic || figure.y.logarithmic { ", or not positive on a log axis" } else { "" };
        lines.extend(wrap(&format!("{numbers} not drawn: NaN or infinite{log}"), screen.width));
    }
    lines
}

/// Columns and rows of the plot, at most so many columns.
fn size(figure: &Figure, limits: &Limits, room: usize) -> (usize, usize) {
    let rows = (room * 3 / 10).clamp(8, 22);
    if !equal_axes(figure) {
        return (room, rows);
    }
    // A character is about twice as high as wide.
    let aspect = limits.aspect().clamp(0.05, 20.0);
    let rows = (rows * 5 / 4).min((room as f64 / (2.0 * aspect)).round() as usize).max(4);
    (((2.0 * rows as f64 * aspect).round() as usize).clamp(room.min(16), room), rows)
}

fn strong(words: &str, screen: &Screen) -> String {
    let lines = wrap(words, screen.width).join("\n");
    if screen.color == Color::None { lines } else { format!("\x1b[1m{lines}\x1b[0m") }
}

/// Words in lines of at most so many characters.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = word.to_owned(),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The words, or their beginning and a sign that there is more.
fn cut(words: &str, width: usize) -> String {
    if words.chars().count() <= width {
        return words.to_owned();
    }
    words.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
