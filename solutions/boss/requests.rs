//! Requests for predictions: parsing, and rejections with a status.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// A request for predictions, parsed.
#[derive(Debug, Clone, PartialEq)]
pub enum PredictRequest {
    /// One sample, whose class is to be predicted.
    One(Vec<f64>),
    /// Several samples, a batch.
    Many(Vec<Vec<f64>>),
}

/// Why a request is rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejection {
    /// The HTTP status code, 400 to 499.
    pub status: u16,
    /// What is wrong, for the person who sent the request.
    pub detail: String,
}

/// Parses the JSON body of a request for predictions.
///
/// It is a JSON object with one member and no other: `sample`, an array of d numbers, or `samples`, an array of 1
/// to m such arrays. Order, whitespace and the form of the numbers (`1`, `1.0`, `10e-1`) are free.
///
/// * `body`: any bytes. `features`: d. `max_samples`: m.
/// * Returns the parsed request; all numbers are finite.
///
/// # Errors
///
/// A [`Rejection`] with a detail that is not empty and the status
///
/// * 400 if the body is not JSON in UTF-8;
/// * 422 if it is JSON that differs from this schema: another member, both or none, a wrong length, no sample at
///   all, too many, or anything but a number in the place of a number, `null` included.
///
/// Either will do for a number that no `f64` can hold and for arrays nested more than a hundred deep. Whether a
/// member may occur twice is left open, and so is whether a leading byte order mark is skipped or gives 400.
///
/// ```
/// # use katas::boss::requests::{PredictRequest, read_request};
/// assert_eq!(read_request(br#"{"sample": [1, 0.5]}"#, 2, 10), Ok(PredictRequest::One(vec![1.0, 0.5])));
/// assert_eq!(read_request(br#"{"samples": [[1, 2], [3, 4]]}"#, 2, 10).map_err(|it| it.status), Ok(PredictRequest::Many(vec![
///     vec![1.0, 2.0],
///     vec![3.0, 4.0],
/// ])));
/// assert_eq!(read_request(br#"{"sample": [1, "2"]}"#, 2, 10).map_err(|it| it.status), Err(422));
/// assert_eq!(read_request(br#"{"sample": [1, "#, 2, 10).map_err(|it| it.status), Err(400));
/// ```
///
/// In Python: `pydantic.TypeAdapter(Sample | Samples).validate_json(body)` with two models of `extra="forbid"`
/// (FastAPI answers 422 for invalid JSON as well).
///
/// Source: Fielding, Nottingham and Reschke, *HTTP Semantics*, RFC 9110, §15.5; Bray, *The JavaScript Object Notation
/// (JSON) Data Interchange Format*, RFC 8259.
pub fn read_request(body: &[u8], features: usize, max_samples: usize) -> Result<PredictRequest, Rejection> {
    let rejected = |status, detail: String| Rejection { status, detail };
    let text =
        str::from_utf8(body).map_err(|error| rejected(400, format!("the body is not UTF-8: {error}")))?;
    let body: Body = serde_json::from_str(text).map_err(|error| {
        // Parsed again after an error only: is it JSON at all?
        let status = if serde_json::from_str::<IgnoredAny>(text).is_ok() { 422 } else { 400 };
        rejected(status, format!("the body cannot be read: {error}"))
    })?;
    let samples = match &body {
        Body::Sample(sample) => std::slice::from_ref(sample),
        Body::Samples(samples) => samples,
    };
    if samples.is_empty() || samples.len() > max_samples {
        return Err(rejected(
            422,
            format!("{} samples in a request, expected 1 to {max_samples}", samples.len()),
        ));
    }
    if let Some((i, sample)) = samples.iter().enumerate().find(|(_, sample)| sample.len() != features) {
        return Err(rejected(422, format!("sample {i} has {} numbers, expected {features}", sample.len())));
    }
    Ok(match body {
        Body::Sample(sample) => PredictRequest::One(sample),
        Body::Samples(samples) => PredictRequest::Many(samples),
    })
}

/// An object with one member, which names the variant.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Body {
    Sample(Vec<f64>),
    Samples(Vec<Vec<f64>>),
}
