use serde::Deserialize;
use serde_json::Value;

use crate::reference::boss::requests as reference;
use crate::reference::boss::requests::{PredictRequest, Rejection};
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<PredictRequest, Rejection>;
type ReadRequest = fn(&[u8], usize, usize) -> Answer;

/// The kata, answered by a specimen.
pub fn read_request(body: &[u8], features: usize, most: usize) -> Answer {
    answering::<ReadRequest>(
        module_path!(),
        reference::read_request,
        &[
            wheat("by_hand", "parses any JSON, and checks its parts one by one", |body, d, most| {
                by_hand(body, d, most, Slip::None)
            }),
            wheat("two_shapes", "tries one schema and then the other", |body, d, most| {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct One {
                    sample: Vec<f64>,
                }
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Many {
                    samples: Vec<Vec<f64>>,
                }
                let any: Value =
                    serde_json::from_slice(body).map_err(|error| rejection(400, &error.to_string()))?;
                let asked = match serde_json::from_value::<One>(any.clone()) {
                    Ok(one) => PredictRequest::One(one.sample),
                    Err(_) if any.is_array() => return Err(rejection(422, "an object is wanted")),
                    Err(_) => {
                        let many: Many = serde_json::from_value(any)
                            .map_err(|error| rejection(422, &error.to_string()))?;
                        PredictRequest::Many(many.samples)
                    }
                };
                let fits = match &asked {
                    PredictRequest::One(sample) => sample.len() == d,
                    PredictRequest::Many(all) => {
                        (1..=most).contains(&all.len()) && all.iter().all(|sample| sample.len() == d)
                    }
                };
                if fits { Ok(asked) } else { Err(rejection(422, "the sizes do not fit")) }
            }),
            chaff("everything_is_400", "Every bad request has the status 400.", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 400, ..it })
            }),
            chaff("everything_is_422", "Every bad request has the status 422.", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 422, ..it })
            }),
            chaff("server_error", "A bad request is a server error (500).", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 500, ..it })
            }),
            chaff("without_detail", "A rejection needs no detail.", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| rejection(it.status, ""))
            }),
            chaff("length_unchecked", "The length of a sample is checked by the model.", |body, d, most| {
                by_hand(body, d, most, Slip::AnyLength)
            }),
            chaff("cut_to_length", "A sample is cut or padded to the right length.", |body, d, most| {
                by_hand(body, d, most, Slip::Resized)
            }),
            chaff("batch_unlimited", "The number of samples needs no limit.", |body, d, _| {
                reference::read_request(body, d, usize::MAX)
            }),
            chaff("empty_batch", "A batch of no samples is valid.", |body, d, most| {
                by_hand(body, d, most, Slip::Empty)
            }),
            chaff("words_parsed", "A number in quotes is a number.", |body, d, most| {
                by_hand(body, d, most, Slip::WordsParsed)
            }),
            chaff("null_is_nan", "null is a missing value, NaN.", |body, d, most| {
                by_hand(body, d, most, Slip::NullIsNan)
            }),
            chaff("others_ignored", "Unknown members are ignored.", |body, d, most| {
                by_hand(body, d, most, Slip::OthersIgnored)
            }),
            chaff("null_member_ignored", "A member that is null counts as absent.", |body, d, most| {
                by_hand(body, d, most, Slip::NullMemberIgnored)
            }),
            chaff("one_of_a_batch", "A batch of one sample is a single sample.", |body, d, most| {
                let asked = reference::read_request(body, d, most)?;
                Ok(match asked {
                    PredictRequest::Many(mut samples) if samples.len() == 1 => {
                        PredictRequest::One(samples.remove(0))
                    }
                    asked => asked,
                })
            }),
            chaff("bare_array", "A bare array of numbers is a sample.", |body, d, most| {
                match serde_json::from_slice::<Vec<f64>>(body) {
                    Ok(sample) => Ok(PredictRequest::One(sample)),
                    Err(_) => reference::read_request(body, d, most),
                }
            }),
            chaff("first_object_only", "What follows after the first object is ignored.", |body, d, most| {
                let first = serde_json::Deserializer::from_slice(body).into_iter::<Value>().next();
                match first {
                    Some(Ok(value)) => reference::read_request(value.to_string().as_bytes(), d, most),
                    _ => reference::read_request(body, d, most),
                }
            }),
            chaff("whole_numbers", "Pixels are whole numbers.", |body, d, most| {
                let asked = reference::read_request(body, d, most)?;
                let whole = |sample: Vec<f64>| sample.into_iter().map(f64::round).collect();
                Ok(match asked {
                    PredictRequest::One(sample) => PredictRequest::One(whole(sample)),
                    PredictRequest::Many(samples) => {
                        PredictRequest::Many(samples.into_iter().map(whole).collect())
                    }
                })
            }),
            chaff("lossy", "Bytes that are not UTF-8 are replaced.", |body, d, most| {
                let text = String::from_utf8_lossy(body);
                match reference::read_request(text.as_bytes(), d, most) {
                    Err(it) if matches!(text, std::borrow::Cow::Owned(_)) => {
                        Err(Rejection { status: 422, ..it })
                    }
                    answer => answer,
                }
            }),
            chaff("unwrapped", "Invalid input may panic.", |body, d, most| {
                let value: Value = serde_json::from_slice(body).expect("JSON");
                by_hand(value.to_string().as_bytes(), d, most, Slip::None)
            }),
            chaff("always_zeros", "The numbers of a sample do not matter.", |body, d, most| {
                reference::read_request(body, d, most)?;
                Ok(PredictRequest::One(vec![0.0; d]))
            }),
            chaff("two_at_least", "`max_samples` is at least two.", |body, d, most| {
                reference::read_request(body, d, most.max(2))
            }),
            chaff("two_features", "A sample has two features.", |body, _, most| {
                reference::read_request(body, 2, most)
            }),
            chaff("empty_sample", "A sample without numbers is invalid, even for d = 0.", |body, d, most| {
                if d == 0 {
                    return Err(rejection(422, "a sample holds numbers"));
                }
                reference::read_request(body, d, most)
            }),
            chaff("text_searched", "A body with the text `sample` has that member.", |body, d, most| {
                let text = String::from_utf8_lossy(body);
                if reference::read_request(body, d, most).is_ok() && !text.contains("\"sample") {
                    return Err(rejection(422, "sample is wanted"));
                }
                reference::read_request(body, d, most)
            }),
            chaff("last_sample_unchecked", "The last sample need not be checked.", |body, d, most| {
                match reference::read_request(body, d, most) {
                    Err(it) => match by_hand(body, d, most, Slip::AnyLength) {
                        Ok(PredictRequest::Many(all))
                            if all.len() > 2 && all[..all.len() - 1].iter().all(|s| s.len() == d) =>
                        {
                            Ok(PredictRequest::Many(all))
                        }
                        _ => Err(it),
                    },
                    ok => ok,
                }
            }),
            wheat("member_by_member", "a map of members, each parsed by its name", |body, d, most| {
                let text = std::str::from_utf8(body).map_err(|error| rejection(400, &error.to_string()))?;
                let any: Value =
                    serde_json::from_str(text).map_err(|error| rejection(400, &error.to_string()))?;
                let wrong = || rejection(422, "an object with a sample, or samples");
                let members = any.as_object().filter(|members| members.len() == 1).ok_or_else(wrong)?;
                let (name, value) = members.iter().next().ok_or_else(wrong)?;
                let sample =
                    |value: &Value| Vec::<f64>::deserialize(value).ok().filter(|sample| sample.len() == d);
                match (name.as_str(), value.as_array()) {
                    ("sample", _) => sample(value).map(PredictRequest::One).ok_or_else(wrong),
                    ("samples", Some(all)) if (1..=most).contains(&all.len()) => all
                        .iter()
                        .map(sample)
                        .collect::<Option<_>>()
                        .map(PredictRequest::Many)
                        .ok_or_else(wrong),
                    _ => Err(wrong()),
                }
            }),
            wheat("mark_passed_over", "skips a byte order mark, as the RFC allows", |body, d, most| {
                by_hand(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body), d, most, Slip::None)
            }),
            chaff("the_first_error", "The first error decides, also in what is no JSON.", |body, d, most| {
                #[derive(Deserialize)]
                #[serde(rename_all = "lowercase")]
                enum Shape {
                    Sample(Vec<f64>),
                    Samples(Vec<Vec<f64>>),
                }
                let early = match serde_json::from_slice::<Shape>(body) {
                    Ok(Shape::Sample(sample)) => sample.is_empty(),
                    Ok(Shape::Samples(samples)) => samples.is_empty(),
                    Err(error) => error.is_data(),
                };
                let with = |it: Rejection| Rejection { status: if early { 422 } else { it.status }, ..it };
                reference::read_request(body, d, most).map_err(with)
            }),
        ],
    )(body, features, most)
}

#[derive(Clone, Copy, PartialEq)]
enum Slip {
    None,
    AnyLength,
    Resized,
    Empty,
    WordsParsed,
    NullIsNan,
    OthersIgnored,
    NullMemberIgnored,
}

fn rejection(status: u16, detail: &str) -> Rejection {
    Rejection { status, detail: detail.to_owned() }
}

fn by_hand(body: &[u8], features: usize, most: usize, slip: Slip) -> Answer {
    let value: Value = serde_json::from_slice(body).map_err(|error| rejection(400, &error.to_string()))?;
    let Value::Object(mut members) = value else { return Err(rejection(422, "an object is wanted")) };
    match slip {
        Slip::OthersIgnored => members.retain(|name, _| name == "sample" || name == "samples"),
        Slip::NullMemberIgnored => members.retain(|_, value| !value.is_null()),
        _ => {}
    }
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if slip == Slip::WordsParsed => text.parse().ok(),
        Value::Null if slip == Slip::NullIsNan => Some(f64::NAN),
        _ => None,
    };
    let sample = |value: &Value| -> Result<Vec<f64>, Rejection> {
        let array = value.as_array().ok_or_else(|| rejection(422, "a sample is an array"))?;
        let numbers: Option<Vec<f64>> = array.iter().map(number).collect();
        let mut numbers = numbers.ok_or_else(|| rejection(422, "a sample holds numbers"))?;
        if slip == Slip::Resized {
            numbers.resize(features, 0.0);
        }
        let fits = numbers.len() == features || slip == Slip::AnyLength;
        if fits { Ok(numbers) } else { Err(rejection(422, "a sample of another length")) }
    };
    match (members.len(), members.get("sample"), members.get("samples").and_then(Value::as_array)) {
        (1, Some(one), _) => Ok(PredictRequest::One(sample(one)?)),
        (1, _, Some(all)) if all.len() <= most && (!all.is_empty() || slip == Slip::Empty) => {
            Ok(PredictRequest::Many(all.iter().map(sample).collect::<Result<_, _>>()?))
        }
        _ => Err(rejection(422, "one member is wanted: sample, or samples")),
    }
}
