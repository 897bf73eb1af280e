use std::fmt::{self, Display, Formatter};

use super::plain::{Axis, Figure, Layer};
use crate::Matrix;

/// One keyword a line, its numbers indented below it. With a precision (`{:.4}`) every number has at most that many
/// decimals and −0 is 0: the form for a person to read. Without one, every digit is kept.
impl Display for Figure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "figure{}", text(&self.title))?;
        axis(f, "x", &self.x)?;
        axis(f, "y", &self.y)?;
        if self.equal_axes {
            writeln!(f, "equal")?;
        }
        self.layers.iter().try_for_each(|layer| write_layer(f, layer))
    }
}

fn axis(f: &mut Formatter<'_>, name: &str, axis: &Axis) -> fmt::Result {
    let kind = if axis.logarithmic { "-log" } else { "" };
    writeln!(f, "{name}{kind}{}", text(&axis.label))
}

fn write_layer(f: &mut Formatter<'_>, layer: &Layer) -> fmt::Result {
    match layer {
        Layer::Points { label, at } => {
            writeln!(f, "points{}", text(label))?;
            at.iter().try_for_each(|point| numbers(f, "", point))
        }
        Layer::Line { label, through } => {
            writeln!(f, "line{}", text(label))?;
            through.iter().try_for_each(|point| numbers(f, "", point))
        }
        Layer::Arrows { label, arrows } => {
            writeln!(f, "arrows{}", text(label))?;
            arrows.iter().try_for_each(|arrow| numbers(f, "", arrow.as_flattened()))
        }
        Layer::Bars { label, bars } => {
            writeln!(f, "bars{}", text(label))?;
            bars.iter().try_for_each(|bar| numbers(f, "", bar))
        }
        Layer::Field { label, x, y, values, contours } => {
            writeln!(f, "{}{}", if *contours { "contours" } else { "field" }, text(label))?;
            numbers(f, "x ", x)?;
            numbers(f, "y ", y)?;
            matrix(f, values)
        }
        Layer::Table { label, rows, cols, values } => {
            writeln!(f, "table{}", text(label))?;
            rows.iter().try_for_each(|name| writeln!(f, "  row{}", text(name)))?;
            cols.iter().try_for_each(|name| writeln!(f, "  col{}", text(name)))?;
            matrix(f, values)
        }
        Layer::Image { label, at, size, pixels, color } => {
            writeln!(f, "{}{}", if *color { "color-image" } else { "image" }, text(label))?;
            numbers(f, "at ", at)?;
            numbers(f, "size ", size)?;
            matrix(f, pixels)
        }
        Layer::Note { at, text: words } => {
            writeln!(f, "note{}", text(words))?;
            numbers(f, "", at)
        }
    }
}

/// A label behind its keyword, in one line.
fn text(label: &str) -> String {
    let words: Vec<_> = label.split_whitespace().collect();
    words.iter().flat_map(|word| [" ", word]).collect()
}

fn matrix(f: &mut Formatter<'_>, matrix: &Matrix) -> fmt::Result {
    (0..matrix.rows()).try_for_each(|i| numbers(f, "", matrix.row(i)))
}

fn numbers(f: &mut Formatter<'_>, name: &str, numbers: &[f64]) -> fmt::Result {
    let written: Vec<_> = numbers.iter().map(|&x| number(x, f.precision())).collect();
    writeln!(f, "  {name}{}", written.join(" "))
}

fn number(x: f64, decimals: Option<usize>) -> String {
    let Some(decimals) = decimals else { return x.to_string() };
    let text = format!("{x:.decimals$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}
