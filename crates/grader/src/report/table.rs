//! A class for a person in a terminal: one line per submission.

use serde_json::Value;

use super::view::View;

/// The table; its first line names the columns.
#[must_use]
pub fn table(results: &[Value]) -> String {
    let views: Vec<View> = results.iter().map(View::head).collect();
    let widest = views.iter().map(|view| view.name.chars().count()).max().unwrap_or(0).max(10);
    let mut out = format!("{:widest$}  {:>7}  {:12}  {:>7}\n", "submission", "points", "verdict", "seconds");
    for View { name, points, possible, verdict, seconds, .. } in &views {
        let points = format!("{points}/{possible}");
        out += &format!("{name:widest$}  {points:>7}  {:12}  {seconds:7.1}\n", verdict.word());
    }
    out
}
