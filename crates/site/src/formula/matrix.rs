//! Matrices, drawn with brackets over several lines:
//!
//! ```text
//! [1 2]   [5]   [17]
//! [3 4] · [6] = [39]
//! ```

use super::mathml::{enclosed, escaped};
use super::parse::line;

/// What stands in brackets on one line, and where.
#[derive(Debug, Clone)]
struct Row {
    begin: usize,
    end: usize,
    inside: String,
}

/// The block as one formula; `None` where no brackets stand below each other.
pub(super) fn matrices(text: &str) -> Option<String> {
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let rows: Vec<Vec<Row>> = lines.iter().map(|line| rows(line)).collect();
    let mut pieces: Vec<(usize, usize, String)> = Vec::new();
    let mut is_drawn = false;
    for (k, line) in lines.iter().enumerate() {
        for row in &rows[k] {
            let is_same = |other: &&Row| other.begin == row.begin && other.end == row.end;
            let goes_on_above = k > 0 && rows[k - 1].iter().any(|other| is_same(&other));
            if !goes_on_above {
                let below = rows[k..].iter().map_while(|rows| rows.iter().find(is_same));
                let entries: Vec<&Row> = below.collect();
                is_drawn |= entries.len() > 1;
                pieces.push((row.begin, k, matrix(&entries)));
            }
        }
        pieces.extend(between(line, &rows[k]).into_iter().map(|(at, text)| (at, k, text)));
    }
    pieces.sort();
    let markup: String = pieces.into_iter().map(|(_, _, markup)| markup).collect();
    let alternative = escaped(&text.lines().map(str::trim).collect::<Vec<_>>().join("; "));
    let math = format!("<math displaystyle=\"true\" alttext=\"{alternative}\">{markup}</math>");
    is_drawn.then(|| format!("<div class=\"formula\">{math}</div>"))
}

fn rows(line: &[char]) -> Vec<Row> {
    let (mut out, mut begin) = (Vec::new(), None);
    for (at, c) in line.iter().enumerate() {
        match (c, begin) {
            ('[', _) => begin = Some(at),
            (']', Some(from)) => {
                let inside = line[from + 1..at].iter().collect();
                out.push(Row { begin: from, end: at, inside });
                begin = None;
            }
            _ => {}
        }
    }
    out
}

/// What stands outside of brackets; a script on a bracket follows it at once.
fn between(drawn: &[char], rows: &[Row]) -> Vec<(usize, String)> {
    let (mut out, mut from) = (Vec::new(), 0);
    for end in rows.iter().map(|row| (row.begin, row.end + 1)).chain([(drawn.len(), drawn.len())]) {
        let text: String = drawn[from..end.0].iter().collect();
        if !text.trim().is_empty() {
            let markup = format!("{}<mspace width=\"0.5em\"/>", line(text.trim()));
            out.push((from, markup));
        }
        from = end.1;
    }
    out
}

fn matrix(rows: &[&Row]) -> String {
    let cells = |row: &&Row| {
        let is_one = row.inside.contains(" + ") || row.inside.contains(" − ") || row.inside.contains(" · ");
        let entries: Vec<&str> =
            if is_one { vec![row.inside.trim()] } else { row.inside.split_whitespace().collect() };
        let cells: String = entries.iter().map(|entry| format!("<mtd>{}</mtd>", line(entry))).collect();
        format!("<mtr>{cells}</mtr>")
    };
    let table: String = rows.iter().map(cells).collect();
    enclosed('[', &format!("<mtable>{table}</mtable>"), ']') + "<mspace width=\"0.5em\"/>"
}
