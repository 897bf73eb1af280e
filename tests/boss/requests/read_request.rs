use judge::any::select;
use judge::any::vec;
use judge::{Broken, any, close, ensure, equal, example, for_all};
use katas::boss::requests::{PredictRequest, Rejection, read_request};
use proptest::prelude::*;

use judge::any::sizes;

const LOOK: &str = "400: the body is not JSON. 422: it is JSON, but not a valid sample or samples.";

/// The body is rejected with one of these statuses, and with a detail.
fn is_rejected(body: &str, statuses: &[u16]) -> Result<(), Broken> {
    let got = read_request(body.as_bytes(), 2, 3);
    let shown: String = body.chars().take(80).collect();
    let right = got.as_ref().is_err_and(|it| statuses.contains(&it.status) && !it.detail.trim().is_empty());
    ensure(right, || {
        let want = format!("a rejection with {statuses:?} and a detail");
        Broken::answer(format!("read_request({shown:?}, 2, 3) = {got:?}"), want, LOOK)
    })
}

fn reads(body: &str, want: PredictRequest) -> Result<(), Broken> {
    let got = read_request(body.as_bytes(), 2, 3);
    equal(
        &format!("read_request({body:?}, 2, 3)"),
        got,
        Ok(want),
        "One member: sample with 2 numbers, or samples with 1 to 3 samples.",
    )
}

/// A number in one of three forms.
fn written(x: f64, form: usize) -> String {
    match form {
        0 => format!("{x:?}"),
        1 => format!("{x:e}"),
        _ => x.to_string(),
    }
}

#[test]
fn reads_every_form_of_numbers() {
    for_all(
        "x, y, form, whitespace",
        (
            any::eighth(),
            any::eighth(),
            0..3_usize,
            select(vec!["", " ", "\n\t", "\r", " \t\r\n"]).prop_map(ToOwned::to_owned),
        ),
    )
    .holds(|(x, y, form, space)| {
        let [one, two] = [x, y].map(|x| written(*x, *form));
        let body =
            format!("{space}{{{space}\"sample\"{space}:{space}[{one}{space},{space}{two}]{space}}}{space}");
        reads(&body, PredictRequest::One(vec![*x, *y]))
    });
}

#[test]
fn reads_samples_in_order() {
    for_all("samples", vec(any::vector(2..=2), 1..=3)).cases(128).holds(|samples| {
        reads(&format!("{{\"samples\": {samples:?}}}"), PredictRequest::Many(samples.clone()))
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::requests::{PredictRequest, read_request};
        assert_eq!(read_request(br#"{"sample": [1, 0.5]}"#, 2, 10), Ok(PredictRequest::One(vec![1.0, 0.5])));
        assert_eq!(
            read_request(br#"{"samples": [[1, 2], [3, 4]]}"#, 2, 10).map_err(|it| it.status),
            Ok(PredictRequest::Many(vec![vec![1.0, 2.0], vec![3.0, 4.0],]))
        );
        assert_eq!(read_request(br#"{"sample": [1, "2"]}"#, 2, 10).map_err(|it| it.status), Err(422));
        assert_eq!(read_request(br#"{"sample": [1, "#, 2, 10).map_err(|it| it.status), Err(400));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn reads_batches_of_one_and_extreme_numbers() {
        example(|| {
            reads("{\"samples\": [[1, 2]]}", PredictRequest::Many(vec![vec![1.0, 2.0]]))?;
            reads("{\"sample\": [1e308, -0.5E-3]}", PredictRequest::One(vec![1e308, -0.0005]))?;
            reads(
                "{\"sample\": [18446744073709551616, 1]}",
                PredictRequest::One(vec![18_446_744_073_709_551_616.0, 1.0]),
            )?;
            reads("{\"sample\": [1e+2, 1E+0]}", PredictRequest::One(vec![100.0, 1.0]))?;
            let long = format!("{{\"sample\": [1{}, 0.5{}]}}", "0".repeat(22), "0".repeat(40));
            reads(&long, PredictRequest::One(vec![1e22, 0.5]))?;
            // A name may be written with escapes, and there may be much whitespace.
            reads("{\"\\u0073ample\": [1, 2]}", PredictRequest::One(vec![1.0, 2.0]))?;
            reads(
                &format!("{{\"sample\":{} [1, 2]}}", " ".repeat(10_000)),
                PredictRequest::One(vec![1.0, 2.0]),
            )
        });
    }

    #[test]
    fn rejects_wrong_lengths() {
        for_all("lengths", vec(0..=4_usize, 1..=3)).cases(64).holds(|lengths| {
            let samples: Vec<Vec<f64>> = lengths.iter().map(|n| vec![0.5; *n]).collect();
            if lengths.iter().all(|n| *n == 2) {
                return reads(&format!("{{\"samples\": {samples:?}}}"), PredictRequest::Many(samples));
            }
            is_rejected(&format!("{{\"samples\": {samples:?}}}"), &[422])?;
            match samples[0].len() {
                2 => Ok(()),
                _ => is_rejected(&format!("{{\"sample\": {:?}}}", samples[0]), &[422]),
            }
        });
    }

    #[test]
    fn respects_features_and_max_samples() {
        let sizes = prop_oneof![
            3 => (0..=5_usize, 1..=6_usize, 0..=7_usize, 0..=8_usize),
            1 => (1..=3_usize, 150..=152_usize, 149..=153_usize, 0..=160_usize),
            1 => (149..=152_usize, 1..=3_usize, 0..=4_usize, 0..=8_usize)
        ];
        for_all("features, max_samples, samples, odd one", sizes).cases(128).holds(
            |&(d, max_samples, n, odd)| {
                // Sample number `odd`, if there is one, has a number too many.
                let sample = |i: usize| vec![0.5; d + usize::from(i == odd)];
                let samples: Vec<Vec<f64>> = (0..n).map(sample).collect();
                let body = format!("{{\"samples\": {samples:?}}}");
                let got = read_request(body.as_bytes(), d, max_samples).map_err(|it| it.status);
                let fits = (1..=max_samples).contains(&n) && odd >= n;
                let want = if fits { Ok(PredictRequest::Many(samples)) } else { Err(422) };
                let look = "1 to `max_samples` samples, each of `features` numbers, including the last one.";
                equal(&format!("read_request({body:?}, {d}, {max_samples})"), got, want, look)?;
                let one = format!("{{\"sample\": {:?}}}", sample(8));
                let got = read_request(one.as_bytes(), d, max_samples).map_err(|it| it.status);
                let want = if odd == 8 { Err(422) } else { Ok(PredictRequest::One(sample(8))) };
                equal(&format!("read_request({one:?}, {d}, {max_samples})"), got, want, look)
            },
        );
    }

    #[test]
    fn rejects_empty_and_large_batches() {
        example(|| {
            is_rejected("{\"samples\": []}", &[422])?;
            is_rejected("{\"samples\": [[1,2],[1,2],[1,2],[1,2]]}", &[422])?;
            is_rejected("{\"sample\": []}", &[422])
        });
    }

    #[test]
    fn rejects_values_that_are_not_numbers() {
        let wrong =
            ["\"1\"", "\"NaN\"", "null", "true", "[1]", "{}", "\"\"", "\"Infinity\""].map(ToOwned::to_owned);
        for_all("instead of a number, where", (select(wrong.to_vec()), 0..2_usize)).cases(64).holds(
            |(wrong, place)| {
                let sample = if *place == 0 { format!("[{wrong}, 1]") } else { format!("[1, {wrong}]") };
                is_rejected(&format!("{{\"sample\": {sample}}}"), &[422])?;
                is_rejected(&format!("{{\"samples\": [[1, 2], {sample}]}}"), &[422])
            },
        );
    }

    #[test]
    fn rejects_other_members() {
        example(|| {
            for body in [
                "{}",
                "[]",
                "null",
                "3",
                "\"sample\"",
                "[1, 2]",
                "{\"Sample\": [1, 2]}",
                "{\"sample\": null}",
                "{\"samples\": null}",
                "{\"sample\": [[1, 2]]}",
                "{\"samples\": [1, 2]}",
                "{\"sample\": {\"0\": 1}}",
                "{\"sample\": [1, 2], \"samples\": [[1, 2]]}",
                "{\"sample\": [1, 2], \"samples\": null}",
                "{\"sample\": null, \"samples\": [[1, 2]]}",
                "{\"sample\": [1, 2], \"id\": 7}",
                "{\"id\": 7, \"sample\": [1, 2]}",
            ] {
                is_rejected(body, &[422])?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_json() {
        example(|| {
            for body in [
                "",
                " ",
                "hello",
                "{\"sample\": [1, 2]",
                "{\"sample\": [1, ",
                "{\"sample\": [1, 2]} x",
                "{\"sample\": [NaN, 1]}",
                "{\"sample\": [1, Infinity]}",
                "{sample: [1, 2]}",
                "{'sample': [1, 2]}",
                "{\"sample\": [1, 2,]}",
                "{\"sample\": [01, 2]}",
                "{\"sample\": [+1, 2]}",
                "{\"sample\": [.5, 2]}",
                "{\"sample\": [1., 2]}",
                "{\"sample\": [1e, 2]}",
                "{\"sample\": [0x1, 2]}",
                "{\"sample\": [1_0, 2]}",
                "{\"sample\": [1 2]}",
                "{\"sample\": [1, 2]}\0",
                "{\"sample\": [1, 2]/* two */}",
                "{\"sample\": [1, 2]} // two",
                "{\"sample\":\u{a0}[1, 2]}",
                "{\"sample\":\u{c}[1, 2]}",
                "{\"a\tb\": 1}",
                "{\"a\nb\": 1}",
                // What differs from the schema before it ends, too.
                "{\"id\": 7",
                "{\"sample\": \"one\", ",
                "{\"sample\": [1, 2, 3]",
                "{\"sample\": [1, \"2\"}",
                "{\"samples\": [[1, null], ",
                "{\"samples\": [], }",
                "{\"sample\": null} x",
                "{\"sample\": [1, 2], \"samples\": [[1, 2]]",
                "{\"\\x\": 1}",
                "[1, 2",
            ] {
                is_rejected(body, &[400])?;
            }
            // RFC 8259, §8.1: a byte order mark may be ignored, or be an error.
            let marked = "\u{feff}{\"sample\": [1, 2]}";
            if read_request(marked.as_bytes(), 2, 3) != Ok(PredictRequest::One(vec![1.0, 2.0])) {
                is_rejected(marked, &[400])?;
            }
            let got = read_request(b"{\"sam\xffple\": [1, 2]}", 2, 3).map_err(|it| it.status);
            equal("read_request(bytes that are not UTF-8, 2, 3)", got, Err(400), LOOK)
        });
    }

    #[test]
    fn reads_numbers_of_every_magnitude() {
        let number = || any::magnitude(-300, 307);
        for_all("x, y, form", (number(), number(), 0..3_usize)).cases(128).holds(|&(x, y, form)| {
            let body = format!("{{\"sample\": [{}, {}]}}", written(x, form), written(y, form));
            let got = match read_request(body.as_bytes(), 2, 3) {
                Ok(PredictRequest::One(sample)) => sample,
                other => {
                    return Err(Broken::answer(
                        format!("read_request({body:?}, 2, 3) = {other:?}"),
                        "Ok",
                        LOOK,
                    ));
                }
            };
            // Some readers of JSON are off by a bit.
            for (got, want) in got.into_iter().zip([x, y]) {
                let look = "A number of any size, as it is written.";
                close(&format!("a number of {body}"), got, want, 4.0 * f64::EPSILON * want.abs(), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn nested_json_is_json() {
        for_all("depth, open", (1..=100_usize, select(vec!["[", "{\"a\":"]).prop_map(ToOwned::to_owned)))
            .cases(32)
            .holds(|(depth, open)| {
                let close = if open == "[" { "]" } else { "}" };
                let nested = format!("{}1{}", open.repeat(*depth), close.repeat(*depth));
                is_rejected(&format!("{{\"other\": {nested}}}"), &[422])
            });
    }

    #[test]
    fn rejects_truncated_bodies() {
        for_all("bytes kept", 0..30_usize).cases(64).holds(|kept| {
            let whole = "{\"samples\": [[1.5, 2], [3, 4]]}";
            is_rejected(&whole[..*kept], &[400])
        });
    }

    #[test]
    fn rejects_infinite_numbers_and_deep_nesting() {
        example(|| {
            is_rejected("{\"sample\": [1e999, 1]}", &[400, 422])?;
            is_rejected("{\"sample\": [1, -1e400]}", &[400, 422])?;
            is_rejected(&format!("{{\"sample\": {}", "[".repeat(100_000)), &[400, 422])?;
            is_rejected(&format!("{{\"sample\": {}{}}}", "[".repeat(5000), "]".repeat(5000)), &[400, 422])
        });
    }

    #[test]
    fn never_panics() {
        let piece = select(vec![
            "{",
            "}",
            "[",
            "]",
            "\"sample\"",
            "\"samples\"",
            ":",
            ",",
            "1",
            "-",
            "1e5",
            "null",
            "\"",
            "é",
            " ",
        ]);
        for_all("body", vec(piece, 0..=9).prop_map(|pieces| pieces.concat())).holds(|body| {
            match read_request(body.as_bytes(), 2, 3) {
                Ok(PredictRequest::One(sample)) => {
                    ensure(sample.len() == 2, || Broken::answer(format!("{sample:?}"), "2 numbers", LOOK))
                }
                Ok(PredictRequest::Many(samples)) => {
                    let fits =
                        (1..=3).contains(&samples.len()) && samples.iter().all(|sample| sample.len() == 2);
                    ensure(fits, || {
                        Broken::answer(format!("{samples:?}"), "1 to 3 samples of 2 numbers", LOOK)
                    })
                }
                Err(Rejection { status, detail }) => {
                    let json = serde_json::from_str::<serde_json::Value>(body).is_ok();
                    // 1e511 is JSON in form, and not an f64: either status is right.
                    let in_form = serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
                    let right = !detail.is_empty()
                        && (status == if json { 422 } else { 400 } || in_form && status == 422);
                    let want = if json { "422: it is JSON" } else { "400: it is not JSON" };
                    ensure(right, || Broken::answer(format!("{status}: {detail:?}"), want, LOOK))
                }
            }
        });
    }

    #[test]
    fn reads_large_batches_and_long_samples() {
        let sizes = sizes([1..=3, 1..=3], [301, 301]);
        for_all("features, samples", sizes).cases(32).holds(|&[d, n]| {
            let samples: Vec<Vec<f64>> =
                (0..n).map(|i| (0..d).map(|j| (i * d + j) as f64 / 8.0).collect()).collect();
            let body = format!("{{\"samples\": {samples:?}}}");
            let got = read_request(body.as_bytes(), d, n);
            let look = "All samples and all their numbers, in their order.";
            equal("read_request(body, features, samples)", got, Ok(PredictRequest::Many(samples)), look)
        });
    }
}
