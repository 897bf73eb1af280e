use super::histogram::histogram;
use super::page::{figure, page_with_tables};
use super::{katas, submissions};
use crate::report::class_view::ClassView;
use crate::report::text::{escaped, in_address};
use crate::report::view::View;
use crate::report::words::about_grader_error;
use crate::rules::Points;

/// The page of a class, for its instructor: where it stands, what is open, and which kata to talk about next.
#[must_use]
pub fn class(class: &ClassView) -> String {
    let views = &class.views;
    let graded: Vec<&View> = views.iter().filter(|view| view.is_final()).collect();
    let mut points: Vec<Points> = graded.iter().map(|view| view.points).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let possible =
        views.iter().map(|view| view.possible).fold(Points::NONE, |a, b| if b > a { b } else { a });
    let title = if class.title.is_empty() { "The class" } else { &class.title };
    let mut body = format!("<h1>{}</h1>\n{}", escaped(title), failures(views));
    body += "<dl class=\"figures\">\n";
    body += &figure(&views.len().to_string(), "submissions");
    body += &figure(&(views.len() - graded.len()).to_string(), "without a grade");
    if let Some(roster) = &class.roster {
        body += &figure(&format!("{} / {}", roster.missing.len(), roster.learners), "learners without one");
    }
    body += &figure(&format!("{} / {possible}", median(&points)), "median of the points");
    body += &format!("</dl>\n{}<h2>Points</h2>\n{}", files(class), histogram(&points, possible));
    body += &format!("<h2>Submissions</h2>\n{}", submissions::table_of(class));
    body += &set_by_hand(views);
    body += &open(class);
    body += &changes(views);
    body += "<h2><small>the hardest first</small>Katas</h2>\n<p class=\"faint\">Shares are of those who \
             attempted a kata: who left it unwritten says nothing about its laws.</p>\n";
    body += &katas::table_of(&graded);
    page_with_tables(title, &body)
}

/// Where the grader failed, why, and what to do about it.
fn failures(views: &[View]) -> String {
    let failed: Vec<&View> = views.iter().filter(|view| view.has_grader_error()).collect();
    if failed.is_empty() {
        return String::new();
    }
    let one = |view: &&View| {
        let said: String = about_grader_error(view).iter().map(|it| format!("<br>{}", escaped(it))).collect();
        format!("<li><code>{}</code>{said}</li>\n", escaped(&view.name))
    };
    let all: String = failed.iter().map(one).collect();
    format!(
        "<div class=\"box bad\"><p><strong>GRADER_ERROR in {} of {}.</strong> The grader failed there, not \
         the learner: it is neither a pass nor a zero, and no export holds these submissions.</p>\n\
         <ul>\n{all}</ul>\n\
         <p>Start the same command again: it takes up these and nothing else.</p></div>\n",
        failed.len(),
        views.len()
    )
}

/// Links to the tables of the class.
fn files(class: &ClassView) -> String {
    let own = ["class.csv", "points.csv", "class.xml", "class.md"].map(ToOwned::to_owned);
    let link = |name: &String| {
        let kind = if name.ends_with(".html") { "" } else { " download" };
        format!("<a href=\"{}\"{kind}>{}</a>", in_address(name), escaped(name))
    };
    let links: Vec<String> = own.iter().chain(&class.files).map(link).collect();
    format!("<p class=\"links\">Files: {}</p>\n", links.join(" · "))
}

/// What does not fit together, and waits for the instructor.
fn open(class: &ClassView) -> String {
    let mut body = String::new();
    let list = |head: &str, what: &str, lines: Vec<String>| {
        let lines: Vec<String> = lines.into_iter().map(|line| format!("<li>{line}</li>\n")).collect();
        match lines.len() {
            0 => String::new(),
            count => format!(
                "<h2><small>{count}</small>{head}</h2>\n<p class=\"faint\">{what}</p>\n<ul>\n{}</ul>\n",
                lines.concat()
            ),
        }
    };
    if let Some(roster) = &class.roster {
        let named = |(name, number): &(String, String)| match number.as_str() {
            "" => escaped(name),
            number => format!("{} <span class=\"faint\">{}</span>", escaped(name), escaped(number)),
        };
        let what = "These learners of the roster have no submission. No export gives them 0 points, \
                    unless the assignment says <code>missing = &quot;zero&quot;</code>.";
        body += &list("Not submitted", what, roster.missing.iter().map(named).collect());
        let several = |(name, submissions): &(String, Vec<String>)| {
            format!("{}: <code>{}</code>", escaped(name), escaped(&submissions.join(", ")))
        };
        let what = "None of several is exported: take the ones that do not count out of the folder, \
                    and start the same command again.";
        body += &list("Submitted twice", what, roster.twice.iter().map(several).collect());
        let unknown = |(submission, why): &(String, String)| {
            format!("<code>{}</code>: {}", escaped(submission), escaped(why))
        };
        let what = "They are graded and not exported: rename the folder after the learner, or name it in a \
                    column <code>folder</code> of the roster.";
        body += &list("Of no learner that is known", what, roster.unknown.iter().map(unknown).collect());
    }
    let double = |view: &View| {
        let twice: Vec<&String> = view.ignored.iter().filter(|it| it.contains("submitted twice")).collect();
        let lines = || twice.iter().map(|it| escaped(it)).collect::<Vec<_>>().join("<br>");
        (!twice.is_empty()).then(|| format!("<code>{}</code>: {}", escaped(&view.name), lines()))
    };
    let what = "Of two files for the same katas one counts; the learner's page names it too.";
    body + &list(
        "Files that lie in a submission twice",
        what,
        class.views.iter().filter_map(double).collect(),
    )
}

/// What the instructor set.
fn set_by_hand(views: &[View]) -> String {
    let mut lines = String::new();
    for view in views {
        let whole = view.set.iter().map(|set| (String::new(), set));
        let katas = view.katas.iter().filter_map(|kata| Some((format!("{}: ", kata.id), kata.set.as_ref()?)));
        for (kata, set) in whole.chain(katas) {
            let said = escaped(&format!("{kata}{}", set.sentence()));
            lines += &format!("<li><code>{}</code>: {said}</li>\n", escaped(&view.name));
        }
    }
    if lines.is_empty() { lines } else { format!("<h2>* Set by the instructor</h2>\n<ul>\n{lines}</ul>\n") }
}

/// What the last gradings changed.
fn changes(views: &[View]) -> String {
    let mut lines = String::new();
    for view in views {
        for change in &view.changes {
            let katas: String = change
                .katas
                .iter()
                .map(|(kata, how)| format!("<br><code>{}</code>: {}", escaped(kata), escaped(how)))
                .collect();
            let name = escaped(&view.name);
            lines += &format!("<li><code>{name}</code>: {}{katas}</li>\n", escaped(&change.sentence()));
        }
    }
    if lines.is_empty() { lines } else { format!("<h2>What changed</h2>\n<ul>\n{lines}</ul>\n") }
}

/// The middle of sorted points; between two, their mean.
fn median(points: &[Points]) -> String {
    let middle = points.len() / 2;
    match (points.get(middle), points.len() % 2) {
        (None, _) => "–".to_owned(),
        (Some(upper), 0) => ((*upper + points[middle - 1]) * 0.5).to_string(),
        (Some(middle), _) => middle.to_string(),
    }
}
