//! A class for a spreadsheet: one line per submission, one column per kata.

use super::text::percent;
use super::view::View;

/// The columns before those of the katas.
const COLUMNS: [&str; 9] = [
    "submission",
    "verdict",
    "points",
    "possible",
    "laws held",
    "laws",
    "laws in per cent",
    "advice",
    "points in-process",
];

/// The table; its first line names the columns.
#[must_use]
pub fn class(views: &[View]) -> String {
    let katas = views.iter().map(|view| &view.katas).max_by_key(|katas| katas.len());
    let katas: Vec<&str> = katas.into_iter().flatten().map(|kata| kata.id.as_str()).collect();
    let mut head: Vec<&str> = COLUMNS.to_vec();
    head.extend(&katas);
    let line = |view: &View| {
        let (held, of) = view.laws();
        let mut line = vec![view.name.clone(), view.verdict.word().to_owned()];
        let (share, advice) = (percent(held, of), view.advice.len());
        let numbers = [view.points, view.possible, held, of, share, advice, view.points_in_process()];
        line.extend(numbers.map(|it| it.to_string()));
        for id in &katas {
            let kata = view.katas.iter().find(|kata| kata.id == *id);
            line.push(kata.map_or_else(String::new, |kata| kata.state.words().to_owned()));
        }
        line
    };
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Into memory, and with as many fields in each line: it cannot fail.
    let _ = writer.write_record(head.iter().map(|cell| no_formula(cell)));
    for view in views {
        let _ = writer.write_record(line(view).iter().map(|cell| no_formula(cell)));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Harmless to a spreadsheet that takes some texts for formulas, which no CSV library looks after.
fn no_formula(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    format!("{}{cell}", if formula { "'" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(no_formula("=1+\"2\""), "'=1+\"2\"");
        assert_eq!(no_formula(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(no_formula("ada"), "ada");
    }
}
