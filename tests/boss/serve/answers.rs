//! Checks of responses.

use judge::{Broken, close, ensure, equal};
use kit::Classifier;
use serde_json::Value;

use super::client::Reply;
use super::model::model;

/// Class and probabilities of a response.
fn prediction(answer: &Value) -> (String, Vec<f64>) {
    let class = answer["class"].as_str().unwrap_or_default().to_owned();
    let numbers = answer["probabilities"].as_array().into_iter().flatten();
    (class, numbers.map(|p| p.as_f64().unwrap_or(f64::NAN)).collect())
}

/// The request was accepted.
pub fn fine(got: &Reply) -> Result<(), Broken> {
    ensure(got.status == 200, || {
        Broken::answer(format!("{} {}", got.status, got.body), "200", "This request is valid.")
    })?;
    let kind = got.header("content-type").split(';').next().unwrap_or_default().trim();
    equal(
        "content type",
        kind.to_ascii_lowercase().as_str(),
        "application/json",
        "Every response with 200 is JSON.",
    )
}

/// The reason phrase of a status; of two it has changed since.
fn is_reason_phrase(title: &str, status: u16) -> bool {
    let phrases: &[&str] = match status {
        400 => &["Bad Request"],
        404 => &["Not Found"],
        405 => &["Method Not Allowed"],
        408 => &["Request Timeout"],
        413 => &["Payload Too Large", "Content Too Large"],
        415 => &["Unsupported Media Type"],
        422 => &["Unprocessable Entity", "Unprocessable Content"],
        _ => &[],
    };
    phrases.contains(&title)
}

/// The prediction is the model's for this sample.
pub fn is_prediction_of_the_model(answer: &Value, sample: &[f64]) -> Result<(), Broken> {
    let want = model().probabilities(sample);
    let (class, p) = prediction(answer);
    equal("number of probabilities", p.len(), 3, "One per class, in the order of the classes.")?;
    let best = (1..3).fold(0, |best, c| if want[c] > want[best] { c } else { best });
    // Writing as decimal and reading costs at most an ε.
    close("probabilities", &p[..], &want[..], 4.0 * f64::EPSILON, "Call the model with this sample.")?;
    equal(
        "class",
        class,
        model().classes[best].clone(),
        "The name of the most probable class; ties go to the first.",
    )
}

/// The request was rejected with this status and a problem as its body.
pub fn is_problem(request: &str, got: &Reply, status: u16) -> Result<(), Broken> {
    let look = "Problem details (RFC 9457): application/problem+json with status, title and detail.";
    let shown: String = request.chars().take(80).collect();
    let answer =
        || format!("{shown}: {} with {:?} as {:?}", got.status, got.body, got.header("content-type"));
    let expected = got.status == status && (400..500).contains(&got.status);
    ensure(expected, || Broken::answer(answer(), format!("a problem with the status {status}"), look))?;
    let problem = got.json();
    let has = |member: &str| problem[member].as_str().is_some_and(|text| !text.trim().is_empty());
    let whole = got.header("content-type").starts_with("application/problem+json")
        && problem["status"] == status
        && has("title")
        && has("detail");
    ensure(whole, || {
        Broken::answer(answer(), format!("{{\"status\": {status}, \"title\": …, \"detail\": …}}"), look)
    })?;
    let title = problem["title"].as_str().unwrap_or_default();
    ensure(is_reason_phrase(title, status), || {
        let look = "The title is the reason phrase of the status, the same for every problem of this kind.";
        Broken::answer(
            format!("{shown}: the title {title:?}"),
            format!("the reason phrase of {status}"),
            look,
        )
    })
}
