use serde::Deserialize;
use serde_json::Value;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::requests as reference;
use crate::reference::boss::requests::{Asked, Rejection};

type Answer = Result<Asked, Rejection>;
type ReadRequest = fn(&[u8], usize, usize) -> Answer;

/// The kata, answered by a specimen.
pub fn read_request(body: &[u8], features: usize, most: usize) -> Answer {
    answering::<ReadRequest>(
        module_path!(),
        reference::read_request,
        &[
            wheat("by_hand", "reads any JSON, and looks at its parts one by one", |body, d, most| {
                by_hand(body, d, most, Slip::None)
            }),
            wheat("two_shapes", "tries the one shape and then the other", |body, d, most| {
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
                    Ok(one) => Asked::One(one.sample),
                    Err(_) if any.is_array() => return Err(rejection(422, "an object is wanted")),
                    Err(_) => {
                        let many: Many = serde_json::from_value(any)
                            .map_err(|error| rejection(422, &error.to_string()))?;
                        Asked::Many(many.samples)
                    }
                };
                let fits = match &asked {
                    Asked::One(sample) => sample.len() == d,
                    Asked::Many(all) => {
                        (1..=most).contains(&all.len()) && all.iter().all(|sample| sample.len() == d)
                    }
                };
                if fits { Ok(asked) } else { Err(rejection(422, "the sizes do not fit")) }
            }),
            chaff("everything_is_400", "a bad request is a bad request", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 400, ..it })
            }),
            chaff("everything_is_422", "what cannot be processed is unprocessable", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 422, ..it })
            }),
            chaff("server_error", "if it fails, it is an error of the server", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| Rejection { status: 500, ..it })
            }),
            chaff("without_detail", "the status says it all", |body, d, most| {
                reference::read_request(body, d, most).map_err(|it| rejection(it.status, ""))
            }),
            chaff("length_unchecked", "the model will see how long a sample is", |body, d, most| {
                by_hand(body, d, most, Slip::AnyLength)
            }),
            chaff("cut_to_length", "what is too long is cut, and what is missing is 0", |body, d, most| {
                by_hand(body, d, most, Slip::Resized)
            }),
            chaff("batch_unlimited", "whoever asks for many gets many", |body, d, _| {
                reference::read_request(body, d, usize::MAX)
            }),
            chaff("empty_batch", "nothing asked, nothing answered", |body, d, most| {
                by_hand(body, d, most, Slip::Empty)
            }),
            chaff("words_parsed", "\"1\" is 1", |body, d, most| by_hand(body, d, most, Slip::WordsParsed)),
            chaff("null_is_nan", "null is a missing number", |body, d, most| {
                by_hand(body, d, most, Slip::NullIsNan)
            }),
            chaff("others_ignored", "what is not known does not matter", |body, d, most| {
                by_hand(body, d, most, Slip::OthersIgnored)
            }),
            chaff("null_member_ignored", "a member that is null is not there", |body, d, most| {
                by_hand(body, d, most, Slip::NullMemberIgnored)
            }),
            chaff("one_of_a_batch", "a batch of one is one", |body, d, most| {
                let asked = reference::read_request(body, d, most)?;
                Ok(match asked {
                    Asked::Many(mut samples) if samples.len() == 1 => Asked::One(samples.remove(0)),
                    asked => asked,
                })
            }),
            chaff("bare_array", "an array of numbers is a sample", |body, d, most| {
                match serde_json::from_slice::<Vec<f64>>(body) {
                    Ok(sample) => Ok(Asked::One(sample)),
                    Err(_) => reference::read_request(body, d, most),
                }
            }),
            chaff("first_object_only", "what comes after the object is not read", |body, d, most| {
                let first = serde_json::Deserializer::from_slice(body).into_iter::<Value>().next();
                match first {
                    Some(Ok(value)) => reference::read_request(value.to_string().as_bytes(), d, most),
                    _ => reference::read_request(body, d, most),
                }
            }),
            chaff("whole_numbers", "a pixel is a whole number", |body, d, most| {
                let asked = reference::read_request(body, d, most)?;
                let whole = |sample: Vec<f64>| sample.into_iter().map(f64::round).collect();
                Ok(match asked {
                    Asked::One(sample) => Asked::One(whole(sample)),
                    Asked::Many(samples) => Asked::Many(samples.into_iter().map(whole).collect()),
                })
            }),
            chaff("lossy", "bytes that are no text are replaced", |body, d, most| {
                let text = String::from_utf8_lossy(body);
                match reference::read_request(text.as_bytes(), d, most) {
                    Err(it) if matches!(text, std::borrow::Cow::Owned(_)) => {
                        Err(Rejection { status: 422, ..it })
                    }
                    answer => answer,
                }
            }),
            chaff("unwrapped", "nobody sends such a thing", |body, d, most| {
                let value: Value = serde_json::from_slice(body).expect("JSON");
                by_hand(value.to_string().as_bytes(), d, most, Slip::None)
            }),
            chaff("always_zeros", "a sample is a sample", |body, d, most| {
                reference::read_request(body, d, most)?;
                Ok(Asked::One(vec![0.0; d]))
            }),
            chaff("two_at_least", "at least two samples may be asked for at a time", |body, d, most| {
                reference::read_request(body, d, most.max(2))
            }),
            chaff("two_features", "a sample has two numbers", |body, _, most| {
                reference::read_request(body, 2, most)
            }),
            chaff("empty_sample", "a sample without numbers is none, whatever d is", |body, d, most| {
                if d == 0 {
                    return Err(rejection(422, "a sample holds numbers"));
                }
                reference::read_request(body, d, most)
            }),
            chaff("words_looked_for", "whoever asks for a sample writes `sample`", |body, d, most| {
                let text = String::from_utf8_lossy(body);
                if reference::read_request(body, d, most).is_ok() && !text.contains("\"sample") {
                    return Err(rejection(422, "sample is wanted"));
                }
                reference::read_request(body, d, most)
            }),
            chaff("last_sample_unchecked", "if the others are right the last one is", |body, d, most| {
                match reference::read_request(body, d, most) {
                    Err(it) => match by_hand(body, d, most, Slip::AnyLength) {
                        Ok(Asked::Many(all))
                            if all.len() > 2 && all[..all.len() - 1].iter().all(|s| s.len() == d) =>
                        {
                            Ok(Asked::Many(all))
                        }
                        _ => Err(it),
                    },
                    ok => ok,
                }
            }),
            wheat(
                "member_by_member",
                "a map of members, each read when its name is known",
                |body, d, most| {
                    let text =
                        std::str::from_utf8(body).map_err(|error| rejection(400, &error.to_string()))?;
                    let any: Value =
                        serde_json::from_str(text).map_err(|error| rejection(400, &error.to_string()))?;
                    let wrong = || rejection(422, "an object with a sample, or samples");
                    let members = any.as_object().filter(|members| members.len() == 1).ok_or_else(wrong)?;
                    let (name, value) = members.iter().next().ok_or_else(wrong)?;
                    let sample = |value: &Value| {
                        Vec::<f64>::deserialize(value).ok().filter(|sample| sample.len() == d)
                    };
                    match (name.as_str(), value.as_array()) {
                        ("sample", _) => sample(value).map(Asked::One).ok_or_else(wrong),
                        ("samples", Some(all)) if (1..=most).contains(&all.len()) => {
                            all.iter().map(sample).collect::<Option<_>>().map(Asked::Many).ok_or_else(wrong)
                        }
                        _ => Err(wrong()),
                    }
                },
            ),
            wheat(
                "mark_passed_over",
                "a byte order mark in front is no matter, as the RFC allows",
                |body, d, most| {
                    by_hand(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body), d, most, Slip::None)
                },
            ),
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
        (1, Some(one), _) => Ok(Asked::One(sample(one)?)),
        (1, _, Some(all)) if all.len() <= most && (!all.is_empty() || slip == Slip::Empty) => {
            Ok(Asked::Many(all.iter().map(sample).collect::<Result<_, _>>()?))
        }
        _ => Err(rejection(422, "one member is wanted: sample, or samples")),
    }
}
