//! Markdown for the summary of a CI run. Every text that is not ours stands in HTML, escaped: there nothing is markup.

use protocol::SubmissionVerdict;

use super::class_view::ClassView;
use super::kata::KataView;
use super::text::{escaped, percent};
use super::view::View;
use super::words::{ABOUT_IN_PROCESS, about_advice, about_points};

/// A summary may have a megabyte; this much goes to single laws.
const MOST: usize = 200_000;

/// One submission.
#[must_use]
pub fn learner(view: &View) -> String {
    let mut out = format!("# <code>{}</code>\n\n{}\n\n", escaped(&view.name), standing(view));
    for line in about_points(view) {
        out += &format!("<p>{}</p>\n\n", escaped(&line));
    }
    if !view.error.is_empty() {
        return out;
    }
    out += "| | kata | laws | |\n|---|---|---:|---|\n";
    for kata in &view.katas {
        let reason = escaped(&kata.reason());
        let reason = if reason.is_empty() { String::new() } else { format!(": <code>{reason}</code>") };
        let reason = reason.replace('|', "&#124;");
        let in_process = if kata.is_in_process() { " (in-process)" } else { "" };
        out += &format!(
            "| {} | {} | {}/{} | {}{in_process}{reason} |\n",
            kata.sign(),
            kata.id,
            kata.held,
            kata.of,
            kata.state.words()
        );
    }
    if view.katas.iter().any(KataView::is_in_process) {
        out += &format!("\n{}\n", ABOUT_IN_PROCESS);
    }
    let mut left = MOST;
    for kata in &view.katas {
        for (laws, first) in kata.complaints() {
            let laws = laws.join("<br>");
            let kata = kata.id.replace('_', "\\_");
            let text = format!("\n**{kata}**\n{laws}\n\n<pre>{}</pre>\n", escaped(&first.in_lines()));
            left = left.saturating_sub(text.len());
            out += if left > 0 { &text } else { "" };
        }
    }
    for (file, said) in &view.broken {
        out += &format!(
            "\n<code>{}.rs</code> does not compile:\n\n<pre>{}</pre>\n",
            escaped(file),
            escaped(said)
        );
    }
    out += &list(about_advice(view), &view.advice);
    out += &list("Not taken:", &view.ignored);
    out
}

/// A class: one line per submission.
#[must_use]
pub fn class(class: &ClassView) -> String {
    let views = &class.views;
    let mut out = match class.title.as_str() {
        "" => format!("# {} submissions\n\n", views.len()),
        title => format!("# <code>{}</code>: {} submissions\n\n", escaped(title), views.len()),
    };
    out += "| submission | points | laws | |\n|---|---:|---:|---|\n";
    for view in views {
        let (held, of) = view.laws();
        out += &format!(
            "| <code>{}</code> | {}/{} | {} % | {} |\n",
            escaped(&view.name),
            view.points,
            view.possible,
            percent(held, of),
            view.verdict.word()
        );
    }
    out
}

fn standing(view: &View) -> String {
    let (held, of) = view.laws();
    match view.verdict {
        SubmissionVerdict::GraderError => {
            "**The grader failed.** No point is given or taken; it is to be graded again.".to_owned()
        }
        SubmissionVerdict::Unreadable => {
            format!("**It could not be graded.**\n\n<pre>{}</pre>", escaped(&view.error))
        }
        SubmissionVerdict::Graded if view.counts_katas() => format!(
            "**{} of {}** katas hold, {held} of {of} laws ({} %).",
            view.points,
            view.possible,
            percent(held, of)
        ),
        SubmissionVerdict::Graded => format!(
            "**{} of {} points.** {} of {} katas hold, {held} of {of} laws ({} %).",
            view.points,
            view.possible,
            view.held().0,
            view.held().1,
            percent(held, of)
        ),
    }
}

fn list(head: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    format!("\n{head}\n\n<pre>{}</pre>\n", escaped(&lines.join("\n")))
}
