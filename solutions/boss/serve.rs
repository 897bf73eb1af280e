//! Model serving: a classifier behind an HTTP API.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use kit::Classifier;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time;

use super::requests::{PredictRequest, read_request};

/// The limits of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest size of a body, in bytes.
    pub body: usize,
    /// The largest number of samples in a request.
    pub samples: usize,
    /// The time limit for the body of a request to arrive.
    pub timeout: Duration,
}

/// HTTP API of a classifier: which request gets which response.
///
/// | request | response |
/// |---|---|
/// | `POST /predict` with `{"sample": […]}` | 200 `{"class": name, "probabilities": […]}` |
/// | `POST /predict` with `{"samples": [[…], …]}` | 200 `{"predictions": [{"class": …, "probabilities": […]}, …]}` |
/// | `GET /health` | 200 `{"status": "ok", "features": d, "classes": [name, …]}` |
/// | `GET /openapi.json` | 200, the description of this API, OpenAPI 3.1 |
///
/// These responses have the type `application/json`. Probabilities are in the order of the classes; `class` is the
/// name of the predicted class, the one with the largest probability, the first where several share it.
///
/// Everything else is rejected with a *problem*: a body of the type `application/problem+json` that is an object
/// with `status` (the number), `title` (the reason phrase of that status) and `detail` (what is wrong with this
/// request):
///
/// * 400 and 422 for a body that does not fit the schema, as in [`read_request`]; also 400 for one that is cut off
///   or cannot be read, and 422 where the numbers are so large that the model's probabilities are not finite;
/// * 404 for another path; 405 for another method, with the header `allow`, which lists the methods of the path;
/// * 408 for a body that takes longer than `limits.timeout`, 413 for one of more than `limits.body` bytes;
/// * 415 for another content type than `application/json`, in any case, with or without parameters.
///
/// Requests are handled concurrently: none waits for the body of another. No response has a status of 500 or more.
///
/// * `model`: the classifier. `limits`: see [`Limits`].
/// * Returns the router; serving it is left to [`serve`].
///
/// ```
/// # use katas::boss::serve::{Limits, app};
/// # use kit::{Matrix, Softmax};
/// # use std::{sync::Arc, time::Duration};
/// let model = Softmax::new(Matrix::zeros(2, 64), vec![0.0; 2], vec!["no".to_owned(), "yes".to_owned()])?;
/// let limits = Limits { body: 1 << 20, samples: 100, timeout: Duration::from_secs(10) };
/// let _router: axum::Router = app(Arc::new(model), limits);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `fastapi.FastAPI()` with `@app.post("/predict")` (its own error format, and 422 instead of 400).
///
/// Source: Nottingham, Wilde and Dalal, *Problem Details for HTTP APIs*, RFC 9457, §3; Fielding, Nottingham and Reschke,
/// *HTTP Semantics*, RFC 9110, §15.5.
pub fn app(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    let description = description(&*model, limits);
    let health = json!({ "status": "ok", "features": model.features(), "classes": model.classes() });
    Router::new()
        .route("/predict", post(predict))
        .route("/health", get(|| async { Json(health) }))
        .route("/openapi.json", get(|| async { Json(description) }))
        .fallback(|| async { problem(404, "no such path; see /openapi.json") })
        .method_not_allowed_fallback(|| async { problem(405, "method not allowed for this path") })
        .layer(DefaultBodyLimit::max(limits.body))
        .with_state((model, limits))
}

/// Graceful shutdown: serves until the stop signal, then finishes the requests that have begun.
///
/// After the signal no new connection is accepted; requests that have begun are answered, and idle connections are
/// closed. What takes longer than `timeout` is not waited for: it ends with the program.
///
/// * `listener`: accepts connections. `app`: answers them.
/// * `stop`: the signal; its sender may also just be dropped. `timeout`: the time limit for the remaining requests.
/// * Returns when all requests are finished, and at the latest `timeout` after the signal.
///
/// # Errors
///
/// The error of the operating system if it cannot serve.
///
/// ```no_run
/// # use katas::boss::serve::serve;
/// # use std::time::Duration;
/// # async fn example(app: axum::Router) -> std::io::Result<()> {
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// let (stop, stopped) = tokio::sync::oneshot::channel();
/// let server = tokio::spawn(serve(listener, app, stopped, Duration::from_secs(5)));
/// drop(stop);
/// server.await?
/// # }
/// ```
///
/// In Python: `uvicorn.run(app, timeout_graceful_shutdown=5)`.
///
/// Source: axum's documentation, `axum::serve` and its `with_graceful_shutdown`.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: oneshot::Receiver<()>,
    timeout: Duration,
) -> io::Result<()> {
    let (pass_on, stopping) = oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _sent_or_dropped = stopping.await;
    });
    let mut server = tokio::spawn(server.into_future());
    let _sent_or_dropped = stop.await;
    drop(pass_on);
    match time::timeout(timeout, &mut server).await {
        Ok(ended) => ended.map_err(io::Error::other)?,
        Err(_) => {
            server.abort();
            Ok(())
        }
    }
}

type Service = (Arc<dyn Classifier>, Limits);

async fn predict(State((model, limits)): State<Service>, request: Request) -> Response {
    if let Some(rejection) = unfit(request.headers(), limits.body) {
        return rejection;
    }
    let body = match time::timeout(limits.timeout, Bytes::from_request(request, &())).await {
        Err(_) => return problem(408, "the body did not arrive in time"),
        Ok(Err(broken)) if broken.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return too_large(limits.body);
        }
        Ok(Err(_)) => return problem(400, "the body is incomplete"),
        Ok(Ok(body)) => body,
    };
    let asked = match read_request(&body, model.features(), limits.samples) {
        Ok(asked) => asked,
        Err(rejection) => return problem(rejection.status, &rejection.detail),
    };
    let answer = match asked {
        PredictRequest::One(sample) => prediction(&*model, &sample),
        PredictRequest::Many(samples) => {
            let all: Option<Vec<Value>> = samples.iter().map(|sample| prediction(&*model, sample)).collect();
            all.map(|predictions| json!({ "predictions": predictions }))
        }
    };
    answer.map_or_else(
        || problem(422, "the numbers are too large for the model"),
        |it| Json(it).into_response(),
    )
}

/// What can be rejected by the headers alone, before the body is read.
fn unfit(headers: &HeaderMap, max_bytes: usize) -> Option<Response> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Some(problem(415, "the content type must be application/json"));
    }
    let length: usize = text(header::CONTENT_LENGTH).parse().unwrap_or(0);
    (length > max_bytes).then(|| too_large(max_bytes))
}

fn too_large(max_bytes: usize) -> Response {
    problem(413, &format!("the body may have at most {max_bytes} bytes"))
}

fn prediction(model: &dyn Classifier, sample: &[f64]) -> Option<Value> {
    let p = model.probabilities(sample);
    let best = (1..p.len()).fold(0, |best, c| if p[c] > p[best] { c } else { best });
    let finite = p.iter().all(|p| p.is_finite());
    finite.then(|| json!({ "class": model.classes()[best], "probabilities": p }))
}

fn problem(status: u16, detail: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({ "status": status.as_u16(), "title": title, "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

fn description(model: &dyn Classifier, limits: Limits) -> Value {
    let d = model.features();
    let sample = json!({ "type": "array", "items": { "type": "number" }, "minItems": d, "maxItems": d });
    let samples = json!({ "type": "array", "items": sample, "minItems": 1, "maxItems": limits.samples });
    let only = |name: &str, of: Value| {
        let properties = json!({ name: of });
        json!({
            "type": "object",
            "properties": properties,
            "required": [name],
            "additionalProperties": false,
        })
    };
    let prediction = json!({
        "type": "object",
        "required": ["class", "probabilities"],
        "properties": {
            "class": { "type": "string", "enum": model.classes() },
            "probabilities": { "type": "array", "items": { "type": "number", "minimum": 0, "maximum": 1 } },
        },
    });
    let predictions = only("predictions", json!({ "type": "array", "items": prediction }));
    let body = |kind: &str, schema: Value| json!({ kind: { "schema": schema } });
    let answer = |what: &str, schema: Value| {
        let content = body("application/json", schema);
        json!({ "description": what, "content": content })
    };
    let mut answers =
        json!({ "200": answer("The predictions", json!({ "anyOf": [prediction, predictions] })) });
    let members = json!({
        "status": { "type": "integer" },
        "title": { "type": "string" },
        "detail": { "type": "string" },
    });
    for status in ["400", "408", "413", "415", "422"] {
        let schema =
            json!({ "type": "object", "properties": members, "required": ["status", "title", "detail"] });
        answers[status] =
            json!({ "description": "Rejected", "content": body("application/problem+json", schema) });
    }
    let object = json!({ "type": "object" });
    let asked = json!({ "oneOf": [only("sample", sample), only("samples", samples)] });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Predictions", "version": "1" },
        "paths": {
            "/predict": { "post": {
                "requestBody": { "required": true, "content": body("application/json", asked) },
                "responses": answers,
            } },
            "/health": { "get": { "responses": { "200": answer("Ready", object.clone()) } } },
            "/openapi.json": { "get": { "responses": { "200": answer("This", object) } } },
        },
    })
}
