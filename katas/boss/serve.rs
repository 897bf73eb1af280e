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
    todo!()
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
    todo!()
}
