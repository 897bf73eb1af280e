//! Pages that stand by themselves: no script, nothing from elsewhere, in light and dark, on paper.

mod class;
mod learner;

pub use class::class;
pub use learner::learner;

use super::text::escaped;

/// The frame of a page. Whatever got past the escaping would find that nothing may be run or fetched.
fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escaped(title),
        include_str!("../style.css")
    )
}

/// A figure with what it counts.
fn figure(number: &str, of_what: &str) -> String {
    format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(of_what), escaped(number))
}

/// How a state is coloured.
fn colour(state: &str) -> &'static str {
    match state {
        "holds" | "graded" => "good",
        "broken" | "does not compile" | "against the rules" | "unreadable" => "bad",
        "grader error" | "unknown" | "GRADER_ERROR" => "warn",
        _ => "",
    }
}
