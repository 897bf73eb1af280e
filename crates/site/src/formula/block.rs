//! A block of formulas: lines, and in each line what is aligned in columns.

use super::lex::{Kind, tokens};
use super::mathml::escaped;
use super::matrix;
use super::parse::line;

/// The block as HTML, in one line as Markdown wants it. Three spaces or more separate the columns.
#[must_use]
pub fn block(text: &str) -> String {
    if let Some(matrices) = matrix::matrices(text) {
        return matrices;
    }
    let lines: Vec<Vec<&str>> = text.lines().filter(|it| !it.trim().is_empty()).map(cells).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(1);
    let rows: String = lines.iter().map(|cells| row(cells, columns)).collect();
    format!("<div class=\"formula\"><table role=\"presentation\"><tbody>{rows}</tbody></table></div>")
}

fn cells(text: &str) -> Vec<&str> {
    text.trim().split("   ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

fn row(cells: &[&str], columns: usize) -> String {
    let wide = |k: usize| match columns - k {
        rest if rest > 1 && k + 1 == cells.len() => format!(" colspan=\"{rest}\""),
        _ => String::new(),
    };
    let cells = cells.iter().enumerate().map(|(k, text)| format!("<td{}>{}</td>", wide(k), cell(text)));
    format!("<tr>{}</tr>", cells.collect::<String>())
}

/// A formula, or plain language where nothing is to be computed.
fn cell(text: &str) -> String {
    if is_prose(text) {
        return escaped(text);
    }
    format!("<math displaystyle=\"true\" alttext=\"{}\">{}</math>", escaped(text), line(text))
}

fn is_prose(text: &str) -> bool {
    let tokens = tokens(text);
    let words = tokens.iter().filter(|it| matches!(it.kind, Kind::Word(_))).count();
    let is_mathematics = |kind: &Kind| match kind {
        Kind::Above(_) | Kind::Below(_) | Kind::Slash | Kind::Root | Kind::Fence(_) => true,
        Kind::Operator(c) => matches!(c, '=' | '≈' | '≤' | '≥' | '<' | '>' | '·' | '←' | '→'),
        _ => false,
    };
    words > 0 && !tokens.iter().any(|it| is_mathematics(&it.kind))
}
