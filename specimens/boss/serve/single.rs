//! A service in one handler, which looks at method and path itself.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Response, StatusCode};
use kit::Classifier;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::reference::boss::requests::{PredictRequest, read_request};
use crate::reference::boss::serve::Limits;

/// The service, with one route for everything.
pub fn service(model: Arc<dyn Classifier>, limits: Limits) -> Router {
    Router::new().fallback(move |request: Request| answer(Arc::clone(&model), limits, request))
}

async fn answer(model: Arc<dyn Classifier>, limits: Limits, request: Request) -> Response<Body> {
    let method = request.method().as_str().to_owned();
    match (method.as_str(), request.uri().path()) {
        ("GET" | "HEAD", "/health") => {
            let health = json!({ "features": model.features(), "status": "ok", "classes": model.classes() });
            written(200, "application/json", None, &health)
        }
        ("GET" | "HEAD", "/openapi.json") => {
            let answers = json!({ "responses": { "200": { "description": "fine" } } });
            let body = json!({ "content": { "application/json": { "schema": { "type": "object" } } } });
            let predict = json!({ "requestBody": body, "responses": { "200": { "description": "fine" } } });
            let paths = json!({
                "/health": { "get": answers },
                "/openapi.json": { "get": answers },
                "/predict": { "post": predict },
            });
            let info = json!({ "title": "A model", "version": "1.0" });
            written(
                200,
                "application/json",
                None,
                &json!({ "openapi": "3.1.1", "info": info, "paths": paths }),
            )
        }
        ("POST", "/predict") => match predicted(&*model, limits, request).await {
            Ok(answer) => written(200, "application/json", None, &answer),
            Err((status, detail)) => problem(status, &detail, None),
        },
        (_, "/predict") => problem(405, "ask with POST", Some("POST")),
        (_, "/health" | "/openapi.json") => problem(405, "ask with GET", Some("GET, HEAD")),
        _ => problem(404, "no such path", None),
    }
}

async fn predicted(model: &dyn Classifier, limits: Limits, request: Request) -> Result<Value, (u16, String)> {
    let kind =
        request.headers().get("content-type").map(|kind| kind.to_str().unwrap_or_default().to_lowercase());
    if kind.is_none_or(|kind| kind.split(';').next().is_none_or(|kind| kind.trim() != "application/json")) {
        return Err((415, "JSON is wanted".to_owned()));
    }
    let body = timeout(limits.timeout, to_bytes(request.into_body(), limits.body)).await;
    let body = body.map_err(|_| (408, "too slow".to_owned()))?.map_err(|error| {
        let said = error.to_string();
        (if said.contains("limit") { 413 } else { 400 }, said)
    })?;
    let asked = read_request(&body, model.features(), limits.samples).map_err(|it| (it.status, it.detail))?;
    let one = |sample: &Vec<f64>| {
        let p = model.probabilities(sample);
        if p.iter().any(|p| !p.is_finite()) {
            return Err((422, "too large".to_owned()));
        }
        let best = (0..p.len()).rev().max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap_or(0);
        Ok(json!({ "probabilities": p, "class": model.classes()[best] }))
    };
    match asked {
        PredictRequest::One(sample) => one(&sample),
        PredictRequest::Many(samples) => {
            Ok(json!({ "predictions": samples.iter().map(one).collect::<Result<Vec<_>, _>>()? }))
        }
    }
}

fn problem(status: u16, detail: &str, allow: Option<&str>) -> Response<Body> {
    let title = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let body = json!({ "type": "about:blank", "status": status, "title": title, "detail": detail });
    written(status, "application/problem+json; charset=utf-8", allow, &body)
}

fn written(status: u16, kind: &str, allow: Option<&str>, body: &Value) -> Response<Body> {
    let mut response = Response::builder().status(status).header("content-type", kind);
    if let Some(allow) = allow {
        response = response.header("allow", allow);
    }
    response.body(Body::from(body.to_string())).unwrap_or_default()
}
