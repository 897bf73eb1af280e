//! A class for a spreadsheet: one line a submission, one column a kata.

use super::text::percent;
use super::view::View;

/// The table; its first line names the columns.
#[must_use]
pub fn class(views: &[View]) -> String {
    let katas = views.iter().map(|view| &view.katas).max_by_key(|katas| katas.len());
    let katas: Vec<&str> = katas.into_iter().flatten().map(|kata| kata.id.as_str()).collect();
    let mut head: Vec<String> = [
        "submission",
        "verdict",
        "points",
        "possible",
        "laws held",
        "laws",
        "laws in per cent",
        "advice",
        "points in-process",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    head.extend(katas.iter().map(|id| (*id).to_owned()));
    let line = |view: &View| {
        let (held, of) = view.laws();
        let mut line = vec![view.name.clone(), view.verdict.clone()];
        let advice = view.advice.len();
        let numbers =
            [view.points, view.possible, held, of, percent(held, of), advice, view.points_in_process()];
        line.extend(numbers.map(|it| it.to_string()));
        for id in &katas {
            let kata = view.katas.iter().find(|kata| kata.id == *id);
            line.push(kata.map_or_else(String::new, |kata| kata.state.clone()));
        }
        line
    };
    let cells =
        |line: Vec<String>| line.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    std::iter::once(head).chain(views.iter().map(line)).map(cells).collect()
}

/// Quoted, and harmless to a spreadsheet that takes some texts for formulas.
fn quoted(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula() {
        assert_eq!(quoted("=1+\"2\""), "\"'=1+\"\"2\"\"\"");
        assert_eq!(quoted(" @SUM(A1)"), "\"' @SUM(A1)\"");
        assert_eq!(quoted("ada"), "\"ada\"");
    }
}
