//! A class for a spreadsheet: one line per submission, one column per kata.

use super::class_view::ClassView;
use super::text::percent;
use super::view::View;
use crate::rules::Points;

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
/// Those of the table of points, before the milestones and the katas.
const OF_POINTS: [&str; 9] = [
    "submission",
    "learner",
    "student number",
    "points",
    "possible",
    "points before lateness",
    "due",
    "submitted",
    "note",
];

/// The table of states; its first line names the columns.
#[must_use]
pub fn class(class: &ClassView) -> String {
    let katas = katas(&class.views);
    let line = |view: &View| {
        let (held, of) = view.laws();
        let mut line = vec![view.name.clone(), view.verdict.word().to_owned()];
        let (share, advice) = (percent(held, of), view.advice.len());
        line.extend([view.points, view.possible].map(|it| it.to_string()));
        line.extend([held, of, share, advice].map(|it| it.to_string()));
        line.push(view.points_in_process().to_string());
        for id in &katas {
            let kata = view.katas.iter().find(|kata| kata.id == *id);
            line.push(kata.map_or_else(String::new, |kata| kata.state.words().to_owned()));
        }
        line
    };
    table(COLUMNS.iter().chain(&katas), class.views.iter().map(line))
}

/// The table of points: of each milestone, and of each kata. Where there is no grade, there are no points.
#[must_use]
pub fn points(class: &ClassView) -> String {
    let (katas, milestones) = (katas(&class.views), class.milestones());
    let totals: Vec<String> = milestones.iter().map(|name| format!("total {name}")).collect();
    let line = |view: &View| {
        let learners =
            |of: fn(&(String, String)) -> &str| view.learners.iter().map(of).collect::<Vec<_>>().join("; ");
        let dates = view.dates.as_ref();
        let mut notes: Vec<String> = dates.iter().map(|it| it.why.clone()).collect();
        notes.extend(view.set.iter().map(|it| it.note.clone()));
        notes.retain(|note| !note.is_empty());
        let number = |points: Points| if view.is_final() { points.to_string() } else { String::new() };
        let mut line = vec![view.name.clone(), learners(|it| &it.0), learners(|it| &it.1)];
        line.extend([view.points, view.possible].map(number));
        line.push(dates.map_or_else(String::new, |it| number(it.before)));
        line.extend(
            [dates.map(|it| it.due.clone()), dates.map(|it| it.submitted.clone())]
                .map(Option::unwrap_or_default),
        );
        line.push(notes.join("; "));
        let of = |wanted: &dyn Fn(&str) -> bool| {
            number(view.katas.iter().filter(|kata| wanted(&kata.id)).map(|kata| kata.points).sum())
        };
        line.extend(milestones.iter().map(|name| of(&|id| id.split('/').next() == Some(name))));
        line.extend(katas.iter().map(|kata| of(&|id| id == *kata)));
        line
    };
    let head =
        OF_POINTS.iter().copied().chain(totals.iter().map(String::as_str)).chain(katas.iter().copied());
    table(head.collect::<Vec<_>>().iter(), class.views.iter().map(line))
}

/// The katas of the class, in order.
fn katas(views: &[View]) -> Vec<&str> {
    let katas = views.iter().map(|view| &view.katas).max_by_key(|katas| katas.len());
    katas.into_iter().flatten().map(|kata| kata.id.as_str()).collect()
}

fn table<'a>(head: impl Iterator<Item = &'a &'a str>, lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Into memory, and with as many fields in each line: it cannot fail.
    let _ = writer.write_record(head.map(|cell| no_formula(cell)));
    for line in lines {
        let _ = writer.write_record(line.iter().map(|cell| no_formula(cell)));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Harmless to a spreadsheet that takes some texts for formulas, which no CSV library looks after.
pub(super) fn no_formula(cell: &str) -> String {
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
