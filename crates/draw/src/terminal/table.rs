use kit::figure::{Figure, Layer};

use super::canvas::paint;
use super::cut;
use super::screen::{Color, Screen};
use crate::scale::short;
use crate::shade;

/// A table as text: the name of the columns, a line of names, a line for each row.
pub(crate) fn lines(figure: &Figure, layer: &Layer, screen: &Screen) -> Vec<String> {
    let Layer::Table { label, rows, cols, values } = layer else { return Vec::new() };
    let numbers: Vec<Vec<String>> =
        (0..values.rows()).map(|i| values.row(i).iter().map(|v| short(*v)).collect()).collect();
    let widest =
        |texts: &mut dyn Iterator<Item = &String>| texts.map(|t| t.chars().count()).max().unwrap_or(0);
    let side = widest(&mut rows.iter()).max(figure.y.label.chars().count()).min(screen.width / 3);
    let digits = widest(&mut numbers.iter().flatten());
    // Names are cut before numbers are; columns that do not fit are left out, and that is said.
    let room = screen.width.saturating_sub(side + 1);
    let fair = (room / values.cols().max(1)).saturating_sub(2);
    let cell = widest(&mut cols.iter()).min(fair).max(digits);
    let shown = (room / (cell + 2)).min(values.cols());
    let color = shade::table(values);

    let mut lines = Vec::new();
    if !label.is_empty() {
        lines.push(cut(label, screen.width));
    }
    if !figure.x.label.is_empty() {
        let middle = side + 1 + (shown * (cell + 2)).saturating_sub(figure.x.label.chars().count()) / 2;
        lines.push(format!("{}{}", " ".repeat(middle), figure.x.label));
    }
    let names = (0..shown).map(|j| format!(" {:>cell$} ", cut(cols.get(j).map_or("", |name| name), cell)));
    lines.push(
        format!("{:>side$} {}", cut(&figure.y.label, side), names.collect::<String>()).trim_end().to_owned(),
    );
    for (i, row) in numbers.iter().enumerate() {
        let mut line = format!("{:>side$} ", cut(rows.get(i).map_or("", |name| name), side));
        for (j, number) in row.iter().take(shown).enumerate() {
            let text = format!(" {number:>cell$} ");
            if screen.color == Color::None {
                line += &text;
            } else {
                let paper = color(values[(i, j)]);
                line += &format!("{}{text}", paint(Some(paper.ink()), Some(paper), screen.color));
            }
        }
        let end = if screen.color == Color::None || row.is_empty() { "" } else { "\x1b[0m" };
        lines.push(if end.is_empty() { line.trim_end().to_owned() } else { line + end });
    }
    if shown < values.cols() {
        let words =
            format!("… {} more columns: a wider terminal or a file shows them", values.cols() - shown);
        lines.extend(super::wrap(&words, screen.width));
    }
    if values.as_slice().is_empty() {
        lines.push("(the table is empty)".to_owned());
    }
    lines
}
