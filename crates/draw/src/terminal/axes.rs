use kit::figure::Figure;

use super::ascii;
use super::canvas::Canvas;
use super::screen::Screen;
use crate::limits::Limits;
use crate::scale::{Scale, Tick};

/// The columns left for the plot next to the numbers of the vertical axis.
pub(crate) fn room(figure: &Figure, limits: &Limits, screen: &Screen) -> usize {
    let gutter = if figure.y.label.is_empty() { 0 } else { gutter(&ticks(&limits.y, 5, screen)) + 2 };
    // The last number below stands half beyond the plot.
    screen.width.saturating_sub(gutter + 2).max(12)
}

/// The canvas with its axes: an axis without a label is not drawn.
pub(crate) fn around(figure: &Figure, limits: &Limits, canvas: &Canvas, screen: &Screen) -> Vec<String> {
    let y_axis = !figure.y.label.is_empty();
    let ticks = if y_axis { ticks(&limits.y, (canvas.rows / 4).max(2), screen) } else { Vec::new() };
    let gutter = gutter(&ticks);
    let mut lines = Vec::new();
    if y_axis {
        lines.push(figure.y.label.clone());
    }
    for row in 0..canvas.rows {
        let inside = canvas.row(row, screen);
        if !y_axis {
            lines.push(inside);
            continue;
        }
        let tick = ticks.iter().find(|tick| row_of(tick, canvas.rows) == row);
        let label = tick.map_or("", |tick| &tick.label);
        let bar = match (screen.unicode, tick) {
            (true, Some(_)) => '┤',
            (true, None) => '│',
            (false, Some(_)) => '+',
            (false, None) => '|',
        };
        lines.push(format!("{label:>gutter$} {bar}{inside}").trim_end().to_owned());
    }
    if !figure.x.label.is_empty() {
        lines.extend(below(figure, limits, canvas, screen, if y_axis { gutter + 2 } else { 0 }));
    }
    lines
}

/// The horizontal axis, its numbers and its name.
fn below(figure: &Figure, limits: &Limits, canvas: &Canvas, screen: &Screen, indent: usize) -> Vec<String> {
    let (line, mark, corner) = if screen.unicode { ('─', '┬', "└") } else { ('-', '+', "+") };
    let mut axis: Vec<char> = vec![line; canvas.cols];
    let mut numbers: Vec<char> = vec![' '; indent + canvas.cols + 2];
    let mut free = 0;
    for tick in ticks(&limits.x, (canvas.cols / 12).max(2), screen) {
        let col = ((tick.at * canvas.cols as f64).floor().max(0.0) as usize).min(canvas.cols - 1);
        axis[col] = mark;
        let length = tick.label.chars().count();
        let first = (indent + col).saturating_sub(length / 2);
        if first >= free && first + length <= numbers.len() {
            tick.label.chars().enumerate().for_each(|(k, c)| numbers[first + k] = c);
            free = first + length + 1;
        }
    }
    let corner = if indent > 0 { format!("{}{corner}", " ".repeat(indent - 1)) } else { String::new() };
    let length = figure.x.label.chars().count();
    let before = (indent + canvas.cols / 2).saturating_sub(length / 2);
    let before = before.min((indent + canvas.cols).saturating_sub(length));
    vec![
        format!("{corner}{}", String::from_iter(axis)),
        String::from_iter(numbers).trim_end().to_owned(),
        format!("{}{}", " ".repeat(before), figure.x.label),
    ]
}

/// The ticks, written so that their length is known.
fn ticks(scale: &Scale, wanted: usize, screen: &Screen) -> Vec<Tick> {
    let mut ticks = scale.ticks(wanted);
    if !screen.unicode {
        ticks.iter_mut().for_each(|tick| tick.label = ascii::plain(&tick.label));
    }
    ticks
}

fn row_of(tick: &Tick, rows: usize) -> usize {
    rows - 1 - ((tick.at * rows as f64).floor().max(0.0) as usize).min(rows - 1)
}

fn gutter(ticks: &[Tick]) -> usize {
    ticks.iter().map(|tick| tick.label.chars().count()).max().unwrap_or(0)
}
