use std::collections::BTreeMap;

use protocol::{GradeState, State, SubmissionVerdict};

use super::color;
use super::page::{figure, page};
use crate::report::text::{escaped, in_address, percent};
use crate::report::view::View;

/// In as many groups the histogram sorts the class.
const BINS: usize = 10;

/// The page of a class, for its instructor: where it stands, and which kata to talk about next.
#[must_use]
pub fn class(views: &[View]) -> String {
    let graded: Vec<&View> = views.iter().filter(|view| view.verdict == SubmissionVerdict::Graded).collect();
    let mut points: Vec<usize> = graded.iter().map(|view| view.points).collect();
    points.sort_unstable();
    let possible = views.iter().map(|view| view.possible).max().unwrap_or(0);
    let failed = views.iter().filter(|view| view.has_grader_error()).count();
    let mut body = "<h1>The class</h1>\n".to_owned();
    if failed > 0 {
        body += &format!(
            "<p class=\"box\">The grader failed in {failed} of them: no point is given or taken there. \
             Start it again; it grades only what is open.</p>\n"
        );
    }
    body += "<dl class=\"figures\">\n";
    body += &figure(&views.len().to_string(), "submissions");
    body += &figure(&(views.len() - graded.len()).to_string(), "without a grade");
    body += &figure(&format!("{} / {possible}", median(&points)), "median of the points");
    body += &format!("</dl>\n<h2><small>in per cent</small>Points</h2>\n{}", histogram(&points, possible));
    body += &format!("<h2>Submissions</h2>\n{}", submissions(views));
    body += &format!("<h2><small>the hardest first</small>Katas</h2>\n{}", katas(&graded));
    page("The class", &body)
}

/// The middle of sorted points; between two, their mean.
fn median(points: &[usize]) -> String {
    let middle = points.len() / 2;
    match (points.get(middle), points.len() % 2) {
        (None, _) => "–".to_owned(),
        (Some(upper), 0) => ((upper + points[middle - 1]) as f64 / 2.0).to_string(),
        (Some(middle), _) => middle.to_string(),
    }
}

/// How many have how many points.
fn histogram(points: &[usize], possible: usize) -> String {
    let mut bins = [0_usize; BINS];
    for share in points.iter().map(|points| percent(*points, possible)) {
        bins[(share * BINS / 100).min(BINS - 1)] += 1;
    }
    let highest = bins.iter().copied().max().unwrap_or(0).max(1);
    let mut bars = String::new();
    for (bin, count) in bins.iter().enumerate() {
        let (x, height) = (bin * 60 + 6, count * 90 / highest);
        let until = if bin + 1 == BINS { 100 } else { (bin + 1) * 10 - 1 };
        bars += &format!("<rect x=\"{x}\" y=\"{}\" width=\"48\" height=\"{height}\"/>", 112 - height);
        bars +=
            &format!("<text x=\"{}\" y=\"128\" text-anchor=\"middle\">{}–{until}</text>", x + 24, bin * 10);
        if *count > 0 {
            bars += &format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{count}</text>\n",
                x + 24,
                106 - height
            );
        }
    }
    format!(
        "<svg class=\"histogram\" viewBox=\"0 0 600 134\" role=\"img\" \
         aria-label=\"How many have how many points\">\n{bars}</svg>\n"
    )
}

fn submissions(views: &[View]) -> String {
    let rows = views.iter().map(|view| {
        let (held, of) = view.laws();
        let advice = if view.advice.is_empty() { String::new() } else { view.advice.len().to_string() };
        let why = if view.error.is_empty() {
            String::new()
        } else {
            let first = view.error.lines().next().unwrap_or_default();
            format!("<br><span class=\"faint\">{}</span>", escaped(first))
        };
        format!(
            "<tr><td class=\"name\"><a href=\"{}/report.html\">{}</a>{why}</td>\
             <td class=\"number\">{} / {}</td>\
             <td><progress value=\"{held}\" max=\"{}\" aria-label=\"share of the laws\"></progress></td>\
             <td class=\"number\">{} %</td><td class=\"number\">{advice}</td>\
             <td><span class=\"state {}\">{}</span></td></tr>\n",
            in_address(&view.name),
            escaped(&view.name),
            view.points,
            view.possible,
            of.max(1),
            percent(held, of),
            color::of_verdict(view.verdict),
            view.verdict.word()
        )
    });
    let rows: String = rows.collect();
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">submission</th>\
         <th scope=\"col\" class=\"number\">points</th>\
         <th scope=\"col\">laws</th><th scope=\"col\" class=\"number\">share</th>\
         <th scope=\"col\" class=\"number\">advice</th><th scope=\"col\">verdict</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// For each kata, how many made it, how many did not begin, and the law that most broke.
#[derive(Default)]
struct Tally<'a> {
    order: usize,
    holds: usize,
    open: usize,
    broken: BTreeMap<&'a str, usize>,
}

fn katas(views: &[&View]) -> String {
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for view in views {
        for (order, kata) in view.katas.iter().enumerate().filter(|(_, kata)| kata.state.counts()) {
            let tally = tallies.entry(&kata.id).or_default();
            tally.order = order;
            tally.holds += kata.points;
            tally.open += usize::from(kata.state == GradeState::Judged(State::NotWritten));
            kata.broken().for_each(|law| *tally.broken.entry(&law.law).or_default() += 1);
        }
    }
    let mut sorted: Vec<_> = tallies.into_iter().collect();
    sorted.sort_by_key(|(_, tally)| (tally.holds, tally.order));
    let rows = sorted.iter().map(|(id, tally)| {
        let worst = tally.broken.iter().max_by_key(|(law, count)| (**count, std::cmp::Reverse(**law)));
        let worst = worst.map_or(String::new(), |(law, count)| format!("{} ({count})", escaped(law)));
        format!(
            "<tr><td><code>{}</code></td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td>{worst}</td></tr>\n",
            // A long name breaks where a word ends.
            escaped(id).replace('/', "/<wbr>").replace('_', "_<wbr>"),
            tally.holds,
            tally.open
        )
    });
    let rows: String = rows.collect();
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">kata</th>\
         <th scope=\"col\" class=\"number\">holds</th>\
         <th scope=\"col\" class=\"number\">not written</th>\
         <th scope=\"col\">broken most often</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}
