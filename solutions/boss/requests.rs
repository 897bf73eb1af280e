//! What a client asked, or why it is rejected.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// What a client wants to know.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The class of one sample.
    One(Vec<f64>),
    /// The class of each of several.
    Many(Vec<Vec<f64>>),
}

/// Why a request is rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejection {
    /// The status of HTTP, 400 to 499.
    pub status: u16,
    /// What is wrong, for the person at the other end.
    pub detail: String,
}

/// Reads the body of a request for predictions.
///
/// It is a JSON object with one member and no other: `sample`, an array of d numbers, or `samples`, an array of 1 to m
/// such arrays. Order, blanks and the form of the numbers (`1`, `1.0`, `10e-1`) are free.
///
/// * `body`: what came, any bytes whatever. `features`: d. `most`: m.
/// * Returns what was asked; all numbers are finite.
///
/// # Errors
///
/// A [`Rejection`] with a detail that is not empty and the status
///
/// * 400 if the body is not JSON in UTF-8;
/// * 422 if it is JSON and something else than described: another member, both or none, a wrong length, no sample at all,
///   too many, or anything but a number in the place of a number, `null` included.
///
/// Either will do for a number that no `f64` can hold and for arrays nested more than a hundred deep. Whether a member may
/// stand there twice is left open, and so is whether a byte order mark in front is passed over or 400.
///
/// ```
/// # use katas::boss::requests::{Asked, read_request};
/// assert_eq!(read_request(br#"{"sample": [1, 0.5]}"#, 2, 10), Ok(Asked::One(vec![1.0, 0.5])));
/// assert_eq!(read_request(br#"{"samples": [[1, 2], [3, 4]]}"#, 2, 10).map_err(|it| it.status), Ok(Asked::Many(vec![
///     vec![1.0, 2.0],
///     vec![3.0, 4.0],
/// ])));
/// assert_eq!(read_request(br#"{"sample": [1, "2"]}"#, 2, 10).map_err(|it| it.status), Err(422));
/// assert_eq!(read_request(br#"{"sample": [1, "#, 2, 10).map_err(|it| it.status), Err(400));
/// ```
///
/// Source: Fielding, Nottingham and Reschke, *HTTP Semantics*, RFC 9110, §15.5; Bray, *The JavaScript Object Notation
/// (JSON) Data Interchange Format*, RFC 8259.
pub fn read_request(body: &[u8], features: usize, most: usize) -> Result<Asked, Rejection> {
    let rejected = |status, detail: String| Rejection { status, detail };
    let text =
        str::from_utf8(body).map_err(|error| rejected(400, format!("the body is not UTF-8: {error}")))?;
    let body: Body = serde_json::from_str(text).map_err(|error| {
        // A second reading, for those only who have made a mistake: is it JSON at all?
        let status = if serde_json::from_str::<IgnoredAny>(text).is_ok() { 422 } else { 400 };
        rejected(status, format!("the body cannot be read: {error}"))
    })?;
    let samples = match &body {
        Body::Sample(sample) => std::slice::from_ref(sample),
        Body::Samples(samples) => samples,
    };
    if samples.is_empty() || samples.len() > most {
        return Err(rejected(422, format!("{} samples, 1 to {most} are answered at a time", samples.len())));
    }
    if let Some((i, sample)) = samples.iter().enumerate().find(|(_, sample)| sample.len() != features) {
        return Err(rejected(422, format!("sample {i} has {} numbers, {features} are wanted", sample.len())));
    }
    Ok(match body {
        Body::Sample(sample) => Asked::One(sample),
        Body::Samples(samples) => Asked::Many(samples),
    })
}

/// An object with one member, which names the variant.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Body {
    Sample(Vec<f64>),
    Samples(Vec<Vec<f64>>),
}
