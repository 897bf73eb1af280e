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
    todo!()
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
    todo!()
}
