//! Other ways to compute it, right and wrong, for the specimens of `app`.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{Response, StatusCode, header};
use axum::middleware::{Next, from_fn, map_response};
use kit::Classifier;
use serde_json::{Value, json};

use crate::reference::boss::serve as reference;
use crate::reference::boss::serve::Limits;

/// A model under other names, or with its probabilities in the reverse order.
pub(super) struct Renamed {
    pub(super) model: Arc<dyn Classifier>,
    pub(super) classes: Vec<String>,
    pub(super) reversed: bool,
}

impl Classifier for Renamed {
    fn features(&self) -> usize {
        self.model.features()
    }

    fn classes(&self) -> &[String] {
        &self.classes
    }

    fn probabilities(&self, sample: &[f64]) -> Vec<f64> {
        let mut p = self.model.probabilities(sample);
        if self.reversed {
            p.reverse();
        }
        p
    }
}

pub(super) fn rejected(status: u16) -> Response<Body> {
    let body = json!({ "status": status, "title": "Rejected", "detail": "no" }).to_string();
    let response =
        Response::builder().status(status).header(header::CONTENT_TYPE, "application/problem+json");
    response.body(Body::from(body)).unwrap_or_default()
}

pub(super) fn with_status(
    model: Arc<dyn Classifier>,
    limits: Limits,
    from: StatusCode,
    to: StatusCode,
) -> Router {
    reference::app(model, limits).layer(map_response(move |response: Response<Body>| async move {
        if response.status() != from {
            return response;
        }
        let allow = response.headers().get(header::ALLOW).cloned();
        let mut other = rejected(to.as_u16());
        allow.and_then(|allow| other.headers_mut().insert(header::ALLOW, allow));
        other
    }))
}

/// Problems written anew; other answers stay.
pub(super) async fn rewritten(response: Response<Body>, write: fn(u16, Bytes) -> Value) -> Response<Body> {
    if response.status() == StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let old = to_bytes(body, 1 << 20).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    let new = write(parts.status.as_u16(), old).to_string();
    Response::from_parts(parts, Body::from(new))
}

/// Answers changed on their way out; with `nulls`, what the model cannot calculate is answered with nulls.
pub(super) fn changed(
    model: Arc<dyn Classifier>,
    limits: Limits,
    change: fn(Value) -> Value,
    nulls: bool,
) -> Router {
    reference::app(model, limits).layer(map_response(move |response: Response<Body>| async move {
        let (mut parts, body) = response.into_parts();
        let old = to_bytes(body, 1 << 20).await.unwrap_or_default();
        let value: Value = serde_json::from_slice(&old).unwrap_or_default();
        if nulls && value["detail"].as_str().is_some_and(|detail| detail.contains("too large for the model"))
        {
            let answer = json!({ "class": "a", "probabilities": [null, null] });
            return Response::new(Body::from(answer.to_string()));
        }
        if parts.status != StatusCode::OK {
            return Response::from_parts(parts, Body::from(old));
        }
        parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(parts, Body::from(change(value).to_string()))
    }))
}

pub(super) struct Mended(pub(super) Arc<dyn Classifier>);

impl Classifier for Mended {
    fn features(&self) -> usize {
        self.0.features()
    }
    fn classes(&self) -> &[String] {
        self.0.classes()
    }
    fn probabilities(&self, sample: &[f64]) -> Vec<f64> {
        let p = self.0.probabilities(sample);
        if p.iter().all(|p| p.is_nan()) {
            return p;
        }
        p.into_iter().map(|p| if p.is_nan() { 0.0 } else { p }).collect()
    }
}

/// A problem with a type and a detail that the reference does not give.
pub(super) fn of_its_own_type(status: u16, _: Bytes) -> Value {
    let detail = format!("rejected with {status}");
    let title = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    json!({ "detail": detail, "title": title, "type": "about:blank", "status": status })
}

/// Reads the body itself, and waits as long for each of its pieces as for all.
pub(super) fn timeout_for_each_piece(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    let timeout = limits.timeout;
    reference::app(model, Limits { timeout: Duration::from_secs(3600), ..limits }).layer(from_fn(
        move |request: Request, next: Next| async move {
            let (parts, mut body) = request.into_parts();
            let mut all = Vec::new();
            loop {
                let piece = std::future::poll_fn(|cx| {
                    axum::body::HttpBody::poll_frame(std::pin::Pin::new(&mut body), cx)
                });
                match tokio::time::timeout(timeout, piece).await {
                    Err(_) => return rejected(408),
                    Ok(None) => break,
                    Ok(Some(Err(_))) => return rejected(400),
                    Ok(Some(Ok(frame))) => {
                        if let Ok(data) = frame.into_data() {
                            all.extend_from_slice(&data);
                            if all.len() > limits.body {
                                return rejected(413);
                            }
                        }
                    }
                }
            }
            next.run(Request::from_parts(parts, Body::from(all))).await
        },
    ))
}

pub(super) fn limit_by_header(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    let most = limits.body;
    let router = reference::app(model, Limits { body: 1 << 30, ..limits });
    router.layer(from_fn(move |request: Request, next: Next| async move {
        let length =
            request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
        if length.is_some_and(|length: usize| length > most) {
            rejected(413)
        } else {
            next.run(request).await
        }
    }))
}

pub(super) fn exact_content_type(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    reference::app(model, limits).layer(from_fn(async |mut request: Request, next: Next| {
        if request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind != "application/json") {
            request.headers_mut().remove(header::CONTENT_TYPE);
        }
        next.run(request).await
    }))
}
