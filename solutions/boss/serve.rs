//! A model that answers over HTTP.

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
use tokio::time::timeout;

use super::requests::{Asked, read_request};

/// How much a server puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes that a body may have.
    pub body: usize,
    /// The samples that a request may hold.
    pub samples: usize,
    /// How long the body of a request may take to arrive.
    pub patience: Duration,
}

/// The service: what is answered to which request.
///
/// | request | answer |
/// |---|---|
/// | `POST /predict` with `{"sample": […]}` | 200 `{"class": name, "probabilities": […]}` |
/// | `POST /predict` with `{"samples": [[…], …]}` | 200 `{"predictions": [{"class": …, "probabilities": […]}, …]}` |
/// | `GET /health` | 200 `{"status": "ok", "features": d, "classes": [name, …]}` |
/// | `GET /openapi.json` | 200, the description of all this, OpenAPI 3.1 |
///
/// These answers have the type `application/json`. Probabilities stand in the order of the classes; `class` is the name
/// of the largest, the first where several share it.
///
/// Everything else is rejected with a *problem*: a body of the type `application/problem+json` that is an object with
/// `status` (the number), `title` (the words of that status) and `detail` (what is wrong with this request):
///
/// * 400 and 422 for a body that is not as described, as [`read_request`] has it; 400, too, for one that breaks off or
///   cannot be read, and 422 where the numbers are so large that the model's probabilities are not finite;
/// * 404 for another path; 405 for another method, with the header `allow`;
/// * 408 for a body that takes longer than `patience`, 413 for one of more than `limits.body` bytes;
/// * 415 for another content type than `application/json`, in any case, with or without parameters.
///
/// Requests are answered side by side: none waits for the body of another. No request is answered with 500 or more.
///
/// * `model`: what is asked for probabilities. `limits`: what is put up with.
/// * Returns the router; who serves it, and where, is not its business.
///
/// ```
/// # use katas::boss::serve::{Limits, app};
/// # use kit::{Matrix, Softmax};
/// # use std::{sync::Arc, time::Duration};
/// let model = Softmax::new(Matrix::zeros(2, 64), vec![0.0; 2], vec!["no".to_owned(), "yes".to_owned()])?;
/// let limits = Limits { body: 1 << 20, samples: 100, patience: Duration::from_secs(10) };
/// let _router: axum::Router = app(Arc::new(model), limits);
/// # Ok::<(), kit::InputError>(())
/// ```
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
        .fallback(|| async { problem(404, "there is nothing here; /openapi.json tells what there is") })
        .method_not_allowed_fallback(|| async { problem(405, "this path takes other methods") })
        .layer(DefaultBodyLimit::max(limits.body))
        .with_state((model, limits))
}

/// Serves until it is told to stop, and lets everybody finish.
///
/// From then on no new connection is taken; requests that have begun are answered, and connections without one are
/// closed. Whoever takes longer than `patience` is left behind.
///
/// * `listener`: where connections come in. `app`: what answers them.
/// * `stop`: the signal; its sender may also just be dropped. `patience`: how long the last may take after it.
/// * Returns when everybody is served, and at the latest `patience` after the signal.
///
/// # Errors
///
/// What the system says where it cannot serve.
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
/// Source: axum's documentation, `axum::serve` and its `with_graceful_shutdown`.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    stop: oneshot::Receiver<()>,
    patience: Duration,
) -> io::Result<()> {
    let (pass_on, stopping) = oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _sent_or_dropped = stopping.await;
    });
    let mut server = tokio::spawn(server.into_future());
    let _sent_or_dropped = stop.await;
    drop(pass_on);
    match timeout(patience, &mut server).await {
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
    let body = match timeout(limits.patience, Bytes::from_request(request, &())).await {
        Err(_) => return problem(408, "the body took too long to arrive"),
        Ok(Err(broken)) if broken.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return too_large(limits.body);
        }
        Ok(Err(_)) => return problem(400, "the body breaks off"),
        Ok(Ok(body)) => body,
    };
    let asked = match read_request(&body, model.features(), limits.samples) {
        Ok(asked) => asked,
        Err(rejection) => return problem(rejection.status, &rejection.detail),
    };
    let answer = match asked {
        Asked::One(sample) => prediction(&*model, &sample),
        Asked::Many(samples) => {
            let all: Option<Vec<Value>> = samples.iter().map(|sample| prediction(&*model, sample)).collect();
            all.map(|predictions| json!({ "predictions": predictions }))
        }
    };
    answer.map_or_else(
        || problem(422, "the numbers are too large for the model"),
        |it| Json(it).into_response(),
    )
}

/// What the headers say already, before anything is read.
fn unfit(headers: &HeaderMap, most: usize) -> Option<Response> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Some(problem(415, "the content type is to be application/json"));
    }
    let length: usize = text(header::CONTENT_LENGTH).parse().unwrap_or(0);
    (length > most).then(|| too_large(most))
}

fn too_large(most: usize) -> Response {
    problem(413, &format!("the body may have {most} bytes"))
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
        json!({ "200": answer("What was predicted", json!({ "anyOf": [prediction, predictions] })) });
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
