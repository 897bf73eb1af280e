//! A service of axum's extractors, each answer a string.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use kit::Classifier;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::reference::boss::requests::{PredictRequest, read_request};
use crate::reference::boss::serve::Limits;

/// The service, with a route for each path that asks for the method itself.
pub fn service(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    let health = json!({ "status": "ok", "classes": model.classes(), "features": model.features() });
    let fixed = |answer: Value| {
        any(move |method: Method| async move {
            match method {
                Method::GET | Method::HEAD => said(StatusCode::OK, &answer),
                _ => rejected(405, "this is only read", "GET, HEAD"),
            }
        })
    };
    let predict = any(move |method: Method, request: axum::extract::Request| {
        let model = Arc::clone(&model);
        async move {
            if method != Method::POST {
                return rejected(405, "predictions are asked for by POST", "POST");
            }
            if !is_json(request.headers()) {
                return rejected(415, "only JSON is read", "");
            }
            let read =
                <Result<Bytes, BytesRejection> as axum::extract::FromRequest<()>>::from_request(request, &());
            match timeout(limits.timeout, read).await {
                Err(_) => rejected(408, "too slow", ""),
                Ok(Ok(Ok(body))) => predicted(&*model, limits, &body),
                Ok(Ok(Err(broken))) if broken.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    rejected(413, &broken.body_text(), "")
                }
                Ok(Ok(Err(broken))) => rejected(400, &broken.body_text(), ""),
                Ok(Err(never)) => match never {},
            }
        }
    });
    Router::new()
        .route("/predict", predict)
        .route("/health", fixed(health))
        .route("/openapi.json", fixed(description()))
        .fallback(async || rejected(404, "no such path", ""))
        .layer(DefaultBodyLimit::max(limits.body))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.as_bytes().to_ascii_lowercase());
    kind.is_some_and(|kind| {
        let rest = kind.strip_prefix(b"application/json").map(<[u8]>::trim_ascii_start);
        rest.is_some_and(|rest| rest.is_empty() || rest[0] == b';')
    })
}

fn predicted(model: &dyn Classifier, limits: Limits, body: &[u8]) -> Response {
    let asked = match read_request(body, model.features(), limits.samples) {
        Ok(asked) => asked,
        Err(rejection) => return rejected(rejection.status, &rejection.detail, ""),
    };
    let one = |sample: Vec<f64>| {
        let p = model.probabilities(&sample);
        let mut best = 0;
        for (c, share) in p.iter().enumerate() {
            if !share.is_finite() {
                return None;
            }
            if *share > p[best] {
                best = c;
            }
        }
        Some(json!({ "probabilities": p, "class": model.classes()[best] }))
    };
    let answer = match asked {
        PredictRequest::One(sample) => one(sample),
        PredictRequest::Many(samples) => {
            let all = samples.into_iter().map(one).collect::<Option<Vec<_>>>();
            all.map(|all| json!({ "predictions": all }))
        }
    };
    answer.map_or_else(|| rejected(422, "beyond the finite numbers", ""), |it| said(StatusCode::OK, &it))
}

fn description() -> Value {
    let fine = json!({ "$ref": "#/components/responses/fine" });
    let get = json!({ "get": { "responses": { "200": fine } } });
    let object = json!({ "type": "object" });
    json!({
        "openapi": "3.1.1",
        "info": { "title": "A model", "version": "0.1.0" },
        "components": {
            "responses": { "fine": { "description": "Said with 200" } },
            "requestBodies": { "asked": { "content": { "application/json": { "schema": object } } } },
        },
        "paths": {
            "/predict": { "post": {
                "requestBody": { "$ref": "#/components/requestBodies/asked" },
                "responses": { "200": fine },
            } },
            "/health": get,
            "/openapi.json": get,
        },
    })
}

fn said(status: StatusCode, answer: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], answer.to_string()).into_response()
}

fn rejected(status: u16, detail: &str, allow: &'static str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let title = status.canonical_reason().unwrap_or("rejected");
    let body = json!({ "detail": detail, "title": title, "status": status.as_u16() });
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/problem+json"));
    if !allow.is_empty() {
        headers.insert(header::ALLOW, header::HeaderValue::from_static(allow));
    }
    (status, headers, body.to_string()).into_response()
}
