use std::collections::BTreeMap;

use protocol::{GradeState, State};

use super::page::{number, table};
use crate::report::text::{escaped, percent};
use crate::report::view::View;

/// For each kata, how many attempted it, how many made it, and the law that most broke.
#[derive(Default)]
struct Tally<'a> {
    order: usize,
    attempted: usize,
    holds: usize,
    open: usize,
    broken: BTreeMap<&'a str, usize>,
}

/// The katas of a class, the hardest first: the share is of those who attempted it.
pub(super) fn table_of(views: &[&View]) -> String {
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for view in views {
        for (order, kata) in view.katas.iter().enumerate().filter(|(_, kata)| kata.state.counts()) {
            let tally = tallies.entry(&kata.id).or_default();
            tally.order = order;
            match kata.state {
                GradeState::Judged(State::NotWritten) | GradeState::NotJudged => tally.open += 1,
                state if state.is_grader_error() => {}
                _ => {
                    tally.attempted += 1;
                    tally.holds += usize::from(kata.holds());
                    kata.broken().for_each(|law| *tally.broken.entry(&law.law).or_default() += 1);
                }
            }
        }
    }
    let mut sorted: Vec<_> = tallies.into_iter().collect();
    // What no one attempted is neither hard nor easy, and comes last.
    sorted.sort_by_key(|(_, it)| (it.attempted == 0, percent(it.holds, it.attempted), it.order));
    let rows: String = sorted.iter().map(|(id, tally)| row(id, tally)).collect();
    let heads = [
        ("kata", false),
        ("attempted", true),
        ("holds", true),
        ("share", true),
        ("not written", true),
        ("broken most often", false),
    ];
    table("Katas", &heads, &rows)
}

fn row(id: &str, tally: &Tally<'_>) -> String {
    let worst = tally.broken.iter().max_by_key(|(law, count)| (**count, std::cmp::Reverse(**law)));
    let worst = worst.map_or(String::new(), |(law, count)| {
        format!("{} ({count}, {} %)", escaped(law), percent(*count, tally.attempted))
    });
    let share = match tally.attempted {
        0 => "<td class=\"number\" data-sort=\"\">–</td>".to_owned(),
        attempted => {
            let share = percent(tally.holds, attempted);
            format!("<td class=\"number\" data-sort=\"{share}\">{share} %</td>")
        }
    };
    format!(
        "<tr><td data-sort=\"{}\"><code>{}</code></td>{}{}{share}{}<td>{worst}</td></tr>\n",
        tally.order,
        // A long name breaks where a word ends.
        escaped(id).replace('/', "/<wbr>").replace('_', "_<wbr>"),
        number(&tally.attempted.to_string()),
        number(&tally.holds.to_string()),
        number(&tally.open.to_string()),
    )
}
