//! Gradescope's `results.json`: a test for each kata.

use protocol::{GradeState, State};
use serde_json::{Value, json};

use super::kata::KataView;
use super::text::percent;
use super::view::View;
use super::words::{about_advice, about_points, standing};

/// One submission; `None` where the grader failed, or where nothing could be read. Without a `results.json` Gradescope shows
/// that the autograder failed, asks the learner whether the submission is valid, and shows no score: neither a pass nor a
/// silent zero.
#[must_use]
pub fn results(view: &View) -> Option<String> {
    if !view.is_final() {
        return None;
    }
    let graded = view.katas.iter().filter(|kata| kata.state.counts());
    let tests: Vec<Value> = graded.map(test).collect();
    let (held, of) = view.laws();
    let mut said = vec![standing(view)];
    said.push(format!("{held} of {of} laws hold ({} %).", percent(held, of)));
    said.extend(about_points(view));
    if !view.error.is_empty() {
        said = vec![format!("The submission could not be graded: {}", view.error)];
    }
    for (file, errors) in &view.broken {
        said.push(format!("\n{file}.rs does not compile:\n{errors}"));
    }
    if !view.advice.is_empty() {
        said.push(format!("\n{}", about_advice(view)));
        said.extend(view.advice.iter().map(|line| format!("  {line}")));
    }
    if !view.ignored.is_empty() {
        said.push("\nNot taken:".to_owned());
        said.extend(view.ignored.iter().map(|line| format!("  {line}")));
    }
    let results = json!({
        "score": view.points.to_json(), "execution_time": view.seconds.ceil() as u64,
        "output": said.join("\n"),
        "output_format": "text", "test_output_format": "text",
        "visibility": "visible", "stdout_visibility": "hidden",
        "tests": tests, "extra_data": { "laws_held": held, "laws": of },
    });
    Some(format!("{results:#}\n"))
}

fn test(kata: &KataView) -> Value {
    let mut said = match kata.state {
        GradeState::Judged(State::Holds) => format!("All {} laws hold.", kata.of),
        GradeState::Judged(State::Broken) => format!("{} of {} laws hold.", kata.held, kata.of),
        state => format!("This kata is marked: {}.", state.words()),
    };
    let reason = kata.reason();
    if !reason.is_empty() {
        said += &format!(" {reason}");
    }
    for (laws, first) in kata.complaints() {
        said += &format!("\n\nlaw    {}\n{}", laws.join("\n       "), first.in_lines());
    }
    json!({
        "name": kata.id, "score": kata.points.to_json(), "max_score": kata.possible.to_json(),
        "output": said, "output_format": "text",
        "status": if kata.holds() { "passed" } else { "failed" },
        "extra_data": { "laws_held": kata.held, "laws": kata.of, "assurance": kata.assurance.word() },
    })
}
