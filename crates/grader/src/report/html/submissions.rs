use super::color;
use super::page::{number, table};
use crate::report::class_view::ClassView;
use crate::report::text::{escaped, in_address, percent};
use crate::report::view::View;
use crate::rules::Points;

/// The submissions of a class, a row each.
pub(super) fn table_of(class: &ClassView) -> String {
    let milestones = class.milestones();
    // The points of the only milestone are those of the submission.
    let milestones = if milestones.len() > 1 { milestones } else { Vec::new() };
    let has_dates = class.views.iter().any(|view| view.dates.is_some());
    let mut heads = vec![("submission", false), ("points", true)];
    heads.extend(milestones.iter().map(|name| (short(name), true)));
    heads.extend([("laws that hold", true), ("advice", true)]);
    heads.extend(has_dates.then_some(("submitted", false)));
    heads.extend([("verdict", false), ("files", false)]);
    let rows: String = class.views.iter().map(|view| row(view, &milestones, has_dates)).collect();
    table("Submissions", &heads, &rows)
}

fn row(view: &View, milestones: &[&str], has_dates: bool) -> String {
    let (held, of) = view.laws();
    let totals = milestones.iter().map(|name| {
        let katas = view.katas.iter().filter(|kata| kata.id.split('/').next() == Some(name));
        number(&katas.map(|kata| kata.points).sum::<Points>().to_string())
    });
    let (share, advice) = (percent(held, of), view.advice.len());
    let dates = view.dates.as_ref().map(|dates| {
        let late = if dates.is_late() { " <span class=\"state warn\">late</span>" } else { "" };
        // To the minute, where the due date is.
        let shown: String = dates.submitted.chars().take(16).collect();
        format!("{}{late}", escaped(&shown))
    });
    let (name, folder) = (escaped(&view.name), in_address(&view.name));
    let star = if view.is_set() { " *" } else { "" };
    let mut cells = vec![
        format!(
            "<td class=\"name\" data-sort=\"{name}\"><a href=\"{folder}/report.html\">{name}</a>{}</td>",
            below(view)
        ),
        sortable("number", &view.points.to_string(), &format!("{} / {}{star}", view.points, view.possible)),
    ];
    cells.extend(totals);
    cells.push(sortable("number", &share.to_string(), &format!("{share} %")));
    let shown = if advice == 0 { String::new() } else { advice.to_string() };
    cells.push(sortable("number", &advice.to_string(), &shown));
    cells.extend(has_dates.then(|| format!("<td class=\"date\">{}</td>", dates.unwrap_or_default())));
    let (color, word) = (color::of_verdict(view.verdict), view.verdict.word());
    cells.push(format!("<td><span class=\"state {color}\">{word}</span></td>"));
    cells.push(format!(
        "<td><a href=\"{folder}/result.json\" download aria-label=\"result of {name} in JSON\">JSON</a></td>"
    ));
    format!("<tr>{}</tr>\n", cells.concat())
}

/// A cell that is sorted by something else than what it shows.
fn sortable(class: &str, key: &str, shown: &str) -> String {
    format!("<td class=\"{class}\" data-sort=\"{key}\">{shown}</td>")
}

/// What stands below the name: whose it is, and why it has no grade.
fn below(view: &View) -> String {
    let mut lines: Vec<String> =
        view.learners.iter().map(|(name, number)| format!("{name} {number}")).collect();
    lines.extend(view.error.lines().next().map(ToOwned::to_owned));
    lines.iter().map(|line| format!("<br><span class=\"faint\">{}</span>", escaped(line.trim()))).collect()
}

/// The milestone as its cargo feature is called: the head of a narrow column.
fn short(milestone: &str) -> &str {
    milestone.split('_').next().unwrap_or(milestone)
}
