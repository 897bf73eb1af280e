//! The page around the learner's service: draw a digit, look at the probabilities, attack it.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use katas::boss::adversarial::fgsm;
use kit::{Dense, Softmax, data};
use programs::unwritten;
use serde_json::{Value, json};

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Everything comes from here, and nothing from another host.
const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The service with the page at `/`. What the page does not need is the service's to answer.
pub(crate) fn around(service: Router, model: &Softmax) -> Router {
    let network = Arc::new([Dense { weights: model.weights.clone(), bias: model.intercepts.clone() }]);
    Router::new()
        .route("/", get(|| async { typed("text/html; charset=utf-8", PAGE) }))
        .route("/page.css", get(|| async { typed("text/css", STYLE) }))
        .route("/page.js", get(|| async { typed("text/javascript", SCRIPT) }))
        .route("/example/{class}", get(example))
        .route("/attack", post(attack))
        .with_state(network)
        .fallback_service(service)
}

fn typed(kind: &'static str, body: &'static str) -> Response {
    let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), policy], body).into_response()
}

fn rejected(status: StatusCode, detail: &str) -> Response {
    (status, Json(json!({ "detail": detail }))).into_response()
}

/// One of the embedded digits, for anyone who cannot draw.
async fn example(Path(class): Path<usize>) -> Response {
    let digits = data::digits();
    match digits.labels.iter().position(|label| *label == class) {
        Some(row) => {
            let pixels: Vec<f64> = digits.features.row(row).iter().map(|x| x / 16.0).collect();
            Json(json!({ "pixels": pixels })).into_response()
        }
        None => rejected(StatusCode::NOT_FOUND, "there is no such class"),
    }
}

/// The learner's `fgsm` on a picture.
async fn attack(State(network): State<Arc<[Dense; 1]>>, Json(asked): Json<Value>) -> Response {
    let pixels: Option<Vec<f64>> =
        asked["pixels"].as_array().and_then(|all| all.iter().map(Value::as_f64).collect());
    let label = asked["label"].as_u64().and_then(|label| usize::try_from(label).ok());
    let (Some(pixels), Some(label), Some(epsilon)) = (pixels, label, asked["epsilon"].as_f64()) else {
        return rejected(StatusCode::BAD_REQUEST, "pixels, label and epsilon are needed");
    };
    // What a kata panics with is noted for the whole process: one at a time.
    static ONE: Mutex<()> = Mutex::new(());
    let _only_one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    match unwritten::run(|| fgsm(&network[..], &pixels, label, epsilon)) {
        Ok(Ok(pixels)) => Json(json!({ "pixels": pixels })).into_response(),
        Ok(Err(error)) => rejected(StatusCode::UNPROCESSABLE_ENTITY, &format!("fgsm: {error}")),
        Err(why) => {
            rejected(StatusCode::NOT_IMPLEMENTED, &format!("Solve boss/adversarial/fgsm first. {why}"))
        }
    }
}
