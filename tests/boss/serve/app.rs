use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use judge::any::select;
use judge::any::vec;
use judge::{Broken, any, ensure, equal, example, for_all};
use katas::boss::serve::{Limits, app};
use kit::{Matrix, Softmax};
use proptest::prelude::Strategy;
use serde_json::Value;

use super::answers::{fine, is_prediction_of_the_model, is_problem};
use super::client::{connect, head, is_silent, predict, reply, say, send, start};
use super::model::{HalfLost, LIMITS, model, served};
use super::rejected::{BODIES, KINDS, METHODS, PIECES};

#[test]
fn predicts_as_the_model() {
    for_all("sample", any::vector(2..=2)).cases(64).holds(|sample| {
        let got = predict(served(), &format!("{{\"sample\": {sample:?}}}"))?;
        fine(&got)?;
        let kind = got.header("content-type").split(';').next().unwrap_or_default().trim();
        let look = "The content type of a JSON response.";
        equal("content type", kind.to_ascii_lowercase().as_str(), "application/json", look)?;
        is_prediction_of_the_model(&got.json(), sample)
    });
}

#[test]
fn predicts_batches_in_order() {
    for_all("samples", vec(any::vector(2..=2), 1..=3)).cases(64).holds(|samples| {
        let got = predict(served(), &format!("{{\"samples\": {samples:?}}}"))?;
        fine(&got)?;
        let answers = got.json()["predictions"].as_array().cloned().unwrap_or_default();
        equal("number of predictions", answers.len(), samples.len(), "One per sample, in their order.")?;
        answers
            .iter()
            .zip(samples)
            .try_for_each(|(answer, sample)| is_prediction_of_the_model(answer, sample))
    });
}

#[test]
fn health_describes_the_model() {
    example(|| {
        let got = send(served(), "GET", "/health", "", b"")?;
        fine(&got)?;
        let want = serde_json::json!({ "status": "ok", "features": 2, "classes": ["east", "north", "home"] });
        equal("GET /health", got.json(), want.clone(), "Take the names and sizes from the model.")?;
        // A monitor may add a query of its own.
        let got = send(served(), "GET", "/health?probe=1", "", b"")?;
        equal(
            "GET /health?probe=1",
            got.json(),
            want,
            "The path is /health; what a query says changes nothing.",
        )
    });
}

#[test]
fn openapi_describes_the_api() {
    example(|| {
        let got = send(served(), "GET", "/openapi.json", "", b"")?;
        fine(&got)?;
        let text = got.json();
        let look = "OpenAPI 3.1 has openapi, info with title and version, and paths with their methods and \
            responses.";
        let version = text["openapi"].as_str().is_some_and(|version| version.starts_with("3.1"));
        let named = text["info"]["title"].is_string() && text["info"]["version"].is_string();
        ensure(version && named, || {
            Broken::answer(
                format!("openapi {}, info {}", text["openapi"], text["info"]),
                "3.1.x, title, version",
                look,
            )
        })?;
        for (path, method) in [("/predict", "post"), ("/health", "get"), ("/openapi.json", "get")] {
            let answers = &found(&text, &text["paths"][path][method]["responses"]["200"])["description"];
            ensure(answers.is_string(), || {
                Broken::answer(format!("paths.{path}.{method}.responses.200 has no description"), "one", look)
            })?;
        }
        let body = found(&text, &text["paths"]["/predict"]["post"]["requestBody"]);
        let schema = &body["content"]["application/json"]["schema"];
        ensure(schema.is_object(), || Broken::answer("no schema for the body of /predict", "one", look))
    });
}

/// A part of the description, or what it refers to: `{"$ref": "#/components/…"}`.
fn found<'a>(text: &'a Value, part: &'a Value) -> &'a Value {
    let place = part["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| text.pointer(place)).unwrap_or(part)
}

#[test]
fn uses_the_given_model() {
    example(|| {
        let classes: Vec<String> = (0..12).map(|k| format!("class {k}")).collect();
        let intercepts = (0..12).map(|k| f64::from(k) / 8.0).collect();
        let other = Softmax { weights: Matrix::zeros(12, 5), intercepts, classes };
        let address = start(app(Arc::new(other), LIMITS));
        let got = send(address, "GET", "/health", "", b"")?;
        equal(
            "features",
            &got.json()["features"],
            &Value::from(5),
            "Take the number of features from the model.",
        )?;
        let got = predict(address, "{\"sample\": [1, 2, 3, 4, 5]}")?;
        fine(&got)?;
        equal("class", got.json()["class"].clone(), Value::from("class 11"), "The name of the class.")
    });
}

#[test]
fn rejects_bad_bodies_with_a_problem() {
    example(|| {
        for (body, status) in BODIES {
            is_problem(&format!("POST /predict {body}"), &predict(served(), body)?, status)?;
        }
        Ok(())
    });
}

#[test]
fn rejects_other_paths_methods_and_types() {
    example(|| {
        let body = b"{\"sample\": [1, 2]}";
        let json = "application/json";
        for path in ["/", "/predict/", "/health/", "//health", "/healthy", "/predict/3"] {
            is_problem(&format!("GET {path}"), &send(served(), "GET", path, "", b"")?, 404)?;
        }
        for (method, path, allowed) in METHODS {
            let got = send(served(), method, path, json, body)?;
            is_problem(&format!("{method} {path}"), &got, 405)?;
            let allow = got.header("allow").to_owned();
            let look = "RFC 9110: a response with 405 lists the methods of the path in `allow`.";
            let listed: Vec<&str> = allow.split(',').map(str::trim).collect();
            ensure(listed.contains(&allowed) && !listed.contains(&method), || {
                Broken::answer(format!("allow: {allow:?}"), format!("{allowed}, and not {method}"), look)
            })?;
        }
        for kind in KINDS {
            is_problem(
                &format!("POST /predict as {kind:?}"),
                &send(served(), "POST", "/predict", kind, body)?,
                415,
            )?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::serve::{Limits, app};
        use kit::{Matrix, Softmax};
        use std::{sync::Arc, time::Duration};
        let model =
            Softmax::new(Matrix::zeros(2, 64), vec![0.0; 2], vec!["no".to_owned(), "yes".to_owned()])?;
        let limits = Limits { body: 1 << 20, samples: 100, timeout: Duration::from_secs(10) };
        let _router: axum::Router = app(Arc::new(model), limits);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_content_type_parameters() {
        example(|| {
            for kind in [
                "application/json; charset=utf-8",
                "Application/JSON",
                "application/json ;x=y",
                "application/json; charset=latin1",
            ] {
                fine(&send(served(), "POST", "/predict", kind, b"{\"sample\": [1, 2]}")?)?;
            }
            Ok(())
        });
    }

    #[test]
    fn handles_requests_concurrently() {
        example(|| {
            // A timeout longer than any client's: a service that waits for the slow one does not answer the other in time.
            let limits = Limits { timeout: Duration::from_secs(9), ..LIMITS };
            let address = start(app(Arc::new(model()), limits));
            let body = "{\"sample\": [1, 2]}";
            let mut slow = connect(address)?;
            let begun =
                format!("{}\r\n{}", head("POST", "/predict", "application/json", body.len()), &body[..5]);
            say(&mut slow, &begun)?;
            let look = "Half a request has arrived, and another one comes. Do you block or hold a lock \
                while you wait for the rest?";
            let other =
                predict(address, body).map_err(|broken| Broken { look: look.to_owned(), ..broken })?;
            fine(&other)?;
            say(&mut slow, &body[5..])?;
            fine(&reply(&mut slow)?)
        });
    }

    #[test]
    fn answers_many_clients() {
        example(|| {
            let address = served();
            let ask = move |k: usize| {
                let sample = [k as f64, 1.0];
                let got = predict(address, &format!("{{\"sample\": {sample:?}}}"))?;
                fine(&got)?;
                is_prediction_of_the_model(&got.json(), &sample)
            };
            let clients: Vec<_> = (0..16).map(|k| std::thread::spawn(move || ask(k))).collect();
            let failed = |_| Err(Broken::answer("a client failed", "an answer", ""));
            clients.into_iter().try_for_each(|client| client.join().unwrap_or_else(failed))
        });
    }

    #[test]
    fn times_out_slow_clients() {
        example(|| {
            let limits = Limits { timeout: Duration::from_millis(150), ..LIMITS };
            let address = start(app(Arc::new(model()), limits));
            let mut slow = connect(address)?;
            let since = Instant::now();
            say(&mut slow, &format!("{}\r\n{{\"sam", head("POST", "/predict", "application/json", 18)))?;
            let look = "The rest of the body never comes. After `timeout` answer with 408; otherwise slow \
                clients exhaust the service.";
            let got = reply(&mut slow).map_err(|broken| Broken { look: look.to_owned(), ..broken })?;
            is_problem("half a body, and then nothing", &got, 408)?;
            let waited = since.elapsed();
            ensure(waited >= limits.timeout, || {
                Broken::answer(format!("after {waited:?}"), "not before 150 ms", look)
            })
        });
    }

    #[test]
    fn uses_the_given_timeout() {
        example(|| {
            let begin = |timeout| {
                let address = start(app(Arc::new(model()), Limits { timeout, ..LIMITS }));
                let mut slow = connect(address)?;
                say(&mut slow, &format!("{}\r\n{{\"sam", head("POST", "/predict", "application/json", 18)))?;
                Ok::<_, Broken>(slow)
            };
            // A service with one fixed timeout answers the first before the second.
            let long = begin(Duration::from_secs(60))?;
            std::thread::sleep(Duration::from_millis(30));
            let mut short = begin(Duration::from_millis(120))?;
            let look =
                "Two services, one with a timeout of a minute and one with 120 ms: use `limits.timeout`.";
            let got = reply(&mut short).map_err(|broken| Broken { look: look.to_owned(), ..broken })?;
            is_problem("half a body, and then nothing", &got, 408)?;
            ensure(is_silent(&long)?, || {
                Broken::answer(
                    "a response of the service with a timeout of a minute, after 150 ms",
                    "no response yet",
                    look,
                )
            })
        });
    }

    #[test]
    fn timeout_covers_the_whole_body() {
        example(|| {
            let limits = Limits { timeout: Duration::from_millis(150), ..LIMITS };
            let mut slow = connect(start(app(Arc::new(model()), limits)))?;
            say(&mut slow, &format!("{}\r\n", head("POST", "/predict", "application/json", 200)))?;
            let look =
                "A byte comes every 30 ms: `timeout` is for the whole body, not for each of its pieces.";
            let answered = || Ok::<_, Broken>(!is_silent(&slow)?);
            let mut in_time = false;
            for _ in 0..60 {
                std::thread::sleep(Duration::from_millis(30));
                in_time = answered()?;
                if in_time {
                    break;
                }
                // If the service has closed the connection just now, its response can still be read.
                let _closed = (&slow).write_all(b" ");
            }
            ensure(in_time, || Broken::answer("no answer after 1.8 s", "408 after 150 ms", look))?;
            is_problem("a body that trickles in", &reply(&mut slow)?, 408)
        });
    }

    #[test]
    fn uses_the_given_limits() {
        for_all("max_samples", 1..=6_usize).cases(6).holds(|&max_samples| {
            let limits = Limits { samples: max_samples, body: 40 + 300 * max_samples, ..LIMITS };
            let address = start(app(Arc::new(model()), limits));
            let ask = |samples: usize, length: usize| {
                let body = format!("{{\"samples\": {:?}}}", vec![[1, 2]; samples]);
                predict(address, &format!("{body:<length$}"))
            };
            let look = "The limits of samples and bytes are those in `limits`.";
            let with_look = |broken| Broken { look: String::from(look), ..broken };
            fine(&ask(max_samples, limits.body)?).map_err(with_look)?;
            is_problem(
                &format!("{} samples of {max_samples}", max_samples + 1),
                &ask(max_samples + 1, 0)?,
                422,
            )?;
            is_problem(
                &format!("{} bytes of {}", limits.body + 1, limits.body),
                &ask(1, limits.body + 1)?,
                413,
            )
        });
    }

    #[test]
    fn predicts_large_batches() {
        for_all("samples", select(vec![13_usize, 41, 301])).cases(3).holds(|&n| {
            let limits = Limits { samples: 302, body: 20_000, ..LIMITS };
            let samples: Vec<[f64; 2]> = (0..n).map(|i| [(i % 17) as f64 / 8.0, (i % 5) as f64]).collect();
            let body = format!("{{\"samples\": {samples:?}}}");
            let got = predict(start(app(Arc::new(model()), limits)), &body)?;
            fine(&got)?;
            let answers = got.json()["predictions"].as_array().cloned().unwrap_or_default();
            equal("number of predictions", answers.len(), n, "One per sample, however many.")?;
            let pairs = answers.iter().zip(&samples);
            pairs.into_iter().try_for_each(|(answer, sample)| is_prediction_of_the_model(answer, sample))
        });
    }

    #[test]
    fn rejects_numbers_too_large_for_the_model() {
        example(|| {
            let weights = Matrix::from_rows([[1e200, 1e200], [-1e200, 1e200]]);
            let large =
                Softmax { weights, intercepts: vec![0.0; 2], classes: vec!["a".to_owned(), "b".to_owned()] };
            let address = start(app(Arc::new(large), LIMITS));
            for body in ["{\"sample\": [1e200, -1e200]}", "{\"samples\": [[0, 0], [1e200, -1e200]]}"] {
                // ∞ − ∞ in the softmax: no probability is a number.
                is_problem(&format!("POST /predict {body}"), &predict(address, body)?, 422)?;
            }
            // One probability of NaN is enough, also in the last of several samples.
            let address = start(app(Arc::new(HalfLost(vec!["a".to_owned(), "b".to_owned()])), LIMITS));
            fine(&predict(address, "{\"samples\": [[1], [2]]}")?)?;
            for body in ["{\"sample\": [1e9]}", "{\"samples\": [[1], [1e9]]}", "{\"sample\": [-1e9]}"] {
                is_problem(&format!("POST /predict {body}"), &predict(address, body)?, 422)?;
            }
            Ok(())
        });
    }

    #[test]
    fn size_limit_is_inclusive() {
        example(|| {
            for length in 498..=502 {
                let body = format!("{:<length$}", "{\"sample\": [1, 2]}");
                let got = predict(served(), &body)?;
                let look = format!("A body of {length} bytes; the limit is 500, which is itself valid.");
                if length <= 500 {
                    fine(&got).map_err(|broken| Broken { look, ..broken })?;
                } else {
                    is_problem(&format!("a body of {length} bytes"), &got, 413)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn limits_chunked_bodies() {
        example(|| {
            let ask = |pieces: &[String]| {
                let mut stream = connect(served())?;
                let mut request = head("POST", "/predict", "application/json", 0)
                    .replace("Content-Length: 0", "Transfer-Encoding: chunked")
                    + "\r\n";
                pieces.iter().for_each(|piece| request += &format!("{:x}\r\n{piece}\r\n", piece.len()));
                say(&mut stream, &(request + "0\r\n\r\n"))?;
                reply(&mut stream)
            };
            fine(&ask(&["{\"sample\":".to_owned(), " [1, 2]}".to_owned()])?)?;
            let long = vec![" ".repeat(99); 6];
            is_problem("a body of six pieces, 594 bytes, without a length beforehand", &ask(&long)?, 413)
        });
    }

    #[test]
    fn rejects_unreadable_bodies() {
        example(|| {
            let mut stream = connect(served())?;
            let request = head("POST", "/predict", "application/json", 0)
                .replace("Content-Length: 0", "Transfer-Encoding: chunked");
            // A chunk begins with its length in hexadecimal digits; this one with a word.
            say(&mut stream, &(request + "\r\nmany\r\n{\"sample\": [1, 2]}\r\n0\r\n\r\n"))?;
            let look = "Reading fails for a body that is too long, and for one that is cut off or \
                malformed. Only the former is 413: match on the error.";
            is_problem("a body in pieces, the first of the length `many`", &reply(&mut stream)?, 400)
                .map_err(|broken| Broken { look: look.to_owned(), ..broken })
        });
    }

    #[test]
    fn never_fails_with_a_server_error() {
        let body = vec(select(PIECES.to_vec()), 0..=10).prop_map(|pieces| pieces.concat());
        for_all("body", body).cases(128).holds(|body| {
            let got = predict(served(), body)?;
            if got.status == 200 {
                Ok(())
            } else {
                is_problem(&format!("POST /predict {body}"), &got, got.status)
            }
        });
    }
}
