use protocol::Status;

use super::color;
use super::page::{figure, page};
use crate::report::kata::KataView;
use crate::report::text::{escaped, percent};
use crate::report::view::View;
use crate::report::words::{ABOUT_IN_PROCESS, about_advice, about_points};
use crate::rules::Points;

/// The page of one submission, for its learner.
#[must_use]
pub fn learner(view: &View) -> String {
    let (held, of) = view.laws();
    let mut body = format!("<h1>{}</h1>\n", escaped(&view.name));
    if !view.title.is_empty() {
        body = format!("<p class=\"faint\">{}</p>\n{body}", escaped(&view.title));
    }
    let learners: Vec<String> =
        view.learners.iter().map(|(name, number)| format!("{name} {number}")).collect();
    if !learners.is_empty() {
        body += &format!("<p class=\"faint\">{}</p>\n", escaped(learners.join(", ").trim()));
    }
    if view.has_grader_error() {
        body += "<p class=\"box\">The grader failed in some part, through no fault of yours. No point is \
                 given or taken for that part, what stands here is not final, and it is graded again; you \
                 need not do anything.</p>\n";
    }
    for line in about_points(view) {
        let is_plain = view.dates.as_ref().is_some_and(|dates| !dates.is_late() && dates.sentence() == line);
        let class = if is_plain { "faint" } else { "box" };
        body += &format!("<p class=\"{class}\">{}</p>\n", escaped(&line));
    }
    let changed: Vec<String> = match view.changes.first() {
        Some(last) => last.katas.iter().map(|(kata, how)| format!("{kata}: {how}")).collect(),
        None => Vec::new(),
    };
    body += &list("<p>What the last grading changed:</p>\n", &changed);
    let of_what = if view.counts_katas() { "katas that hold, one point each" } else { "points" };
    body += &format!(
        "<dl class=\"figures\">\n{}{}{}</dl>\n",
        figure(&format!("{} / {}", view.points, view.possible), of_what),
        figure(&format!("{held} / {of}"), "laws that hold"),
        figure(&format!("{} %", percent(held, of)), "of the laws")
    );
    if !view.error.is_empty() && !view.has_grader_error() {
        body += &format!("<div class=\"box bad\">It could not be graded:\n{}</div>\n", pre(&view.error));
    }
    body += &list(&format!("<p>{}</p>\n", escaped(about_advice(view))), &view.advice);
    for (file, said) in &view.broken {
        let file = escaped(file);
        body += &format!(
            "<div class=\"box bad\"><code>{file}.rs</code> does not compile:\n{}</div>\n",
            pre(said)
        );
    }
    body += &list("<p>Not taken:</p>\n", &view.ignored);
    for (milestone, katas) in view.milestones() {
        let points: Points = katas.iter().map(|kata| kata.points).sum();
        let possible: Points = katas.iter().map(|kata| kata.possible).sum();
        let name = escaped(milestone);
        body += &format!("<h2><small>{points} of {possible}</small><code>{name}</code></h2>\n");
        body += &katas.iter().map(|kata| one(kata)).collect::<String>();
    }
    if view.katas.iter().any(KataView::is_in_process) {
        body += &format!("<p class=\"faint\">{}</p>\n", escaped(ABOUT_IN_PROCESS));
    }
    let points = if view.counts_katas() { "A kata gives its point when all its laws hold. " } else { "" };
    body += &format!(
        "<footer><p>{points}<code>cargo kata hint</code> and <code>cargo kata explain</code> help with katas \
         that do not hold yet.</p></footer>\n"
    );
    page(&format!("{}: {} of {}", view.name, view.points, view.possible), &body)
}

fn one(kata: &KataView) -> String {
    let line = format!(
        "<span class=\"sign\">{}</span><code class=\"name\">{}</code>\
         <span class=\"laws\">{} of {} laws{}</span>\
         <span class=\"state\">{}</span>",
        kata.sign(),
        escaped(kata.id.split_once('/').map_or(kata.id.as_str(), |(_, rest)| rest)),
        kata.held,
        kata.of,
        if kata.counts_one() {
            String::new()
        } else {
            format!(", {} of {} points", kata.points, kata.possible)
        },
        if kata.is_in_process() {
            format!("{}, in-process", kata.state.words())
        } else {
            kata.state.words().to_owned()
        }
    );
    let mut inside = String::new();
    if let Some(set) = &kata.set {
        inside += &format!("<p>{}</p>\n", escaped(&set.sentence()));
    }
    if !kata.reason().is_empty() {
        inside += &format!("<p>{}</p>\n", escaped(&kata.reason()));
    }
    for (laws, first) in kata.complaints() {
        for law in laws {
            inside += &format!("<h3><span class=\"sign bad\">✗</span>{}</h3>\n", escaped(law));
        }
        let field = |(name, text): &(&str, String)| format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(text));
        let fields: String = first.fields.iter().map(field).collect();
        inside += &format!("<dl class=\"fields\">\n{fields}</dl>\n");
    }
    if kata.broken().next().is_some() {
        let held = kata.laws.iter().filter(|law| law.status == Status::Held);
        let held: String = held.map(|law| format!("<li>✓ {}</li>\n", escaped(&law.law))).collect();
        inside += &if held.is_empty() { held } else { format!("<ul class=\"held\">\n{held}</ul>\n") };
    }
    let color = color::of_state(kata.state);
    if inside.is_empty() {
        return format!("<div class=\"kata plain {color}\">{line}</div>\n");
    }
    format!(
        "<details class=\"kata {color}\" open><summary>{line}</summary>\n\
         <div class=\"inside\">\n{inside}</div></details>\n"
    )
}

fn pre(text: &str) -> String {
    format!("<pre>{}</pre>\n", escaped(text))
}

fn list(head: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        String::new()
    } else {
        format!("<div class=\"box\">{head}{}</div>\n", pre(&lines.join("\n")))
    }
}
