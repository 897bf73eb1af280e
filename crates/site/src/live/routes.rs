//! What the page asks for.

use std::convert::Infallible;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream};

use super::desk::{Ask, Board};
use super::html;

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
const ICON: &str = include_str!("page/icon.svg");
const FONT: &[u8] = include_bytes!("../../../../book/src/fonts/stix-two-math.woff2");

#[derive(Clone)]
struct Site {
    board: Board,
    asks: Sender<Ask>,
    root: Arc<PathBuf>,
}

/// All routes, below the secret.
pub(super) fn all(board: Board, asks: Sender<Ask>, root: PathBuf) -> Router {
    Router::new()
        .route("/", get(|| async { typed("text/html; charset=utf-8", PAGE) }))
        .route("/page.css", get(|| async { typed("text/css", STYLE) }))
        .route("/page.js", get(|| async { typed("text/javascript", SCRIPT) }))
        .route("/icon.svg", get(|| async { typed("image/svg+xml", ICON) }))
        .route("/stix-two-math.woff2", get(|| async { typed("font/woff2", FONT) }))
        .route("/state", get(state))
        .route("/events", get(events))
        .route("/picture/{number}/{which}", get(picture))
        .route("/chapter/{milestone}", get(chapter))
        .route("/pictures/{milestone}/{*rest}", get(book_picture))
        .route("/look", post(look))
        .route("/judge", post(judge))
        .route("/hint", post(hint))
        .with_state(Site { board, asks, root: Arc::new(root) })
}

fn typed<B: IntoResponse>(kind: &'static str, body: B) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

async fn state(State(site): State<Site>) -> Response {
    let state = site.board.borrow().clone();
    typed("application/json", state.json.clone())
}

/// An event for each state that is published, beginning with the one there is.
async fn events(State(site): State<Site>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut board = site.board;
    board.mark_changed();
    let next = |mut board: Board| async move {
        board.changed().await.ok()?;
        let version = board.borrow_and_update().version;
        Some((Ok(Event::default().data(version.to_string())), board))
    };
    Sse::new(stream::unfold(board, next)).keep_alive(KeepAlive::default())
}

async fn picture(State(site): State<Site>, Path((number, which)): Path<(usize, String)>) -> Response {
    let state = site.board.borrow().clone();
    let pair = state.pictures.get(number);
    let svg = match which.as_str() {
        "mine" => pair.map(|pair| pair.mine.clone()),
        "reference" => pair.and_then(|pair| pair.reference.clone()),
        _ => None,
    };
    svg.map_or(StatusCode::NOT_FOUND.into_response(), |svg| typed("image/svg+xml", svg))
}

/// A chapter of the book as HTML.
async fn chapter(State(site): State<Site>, Path(milestone): Path<String>) -> Response {
    match below(&site.root.join("book/src"), &format!("{milestone}.md")) {
        Some(bytes) => typed("text/html; charset=utf-8", html::of(&String::from_utf8_lossy(&bytes))),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn book_picture(State(site): State<Site>, Path((milestone, rest)): Path<(String, String)>) -> Response {
    match below(&site.root.join("book/src/pictures"), &format!("{milestone}/{rest}")) {
        Some(bytes) if rest.ends_with(".svg") => typed("image/svg+xml", bytes),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file below this folder, whose name goes nowhere else.
fn below(folder: &FilePath, name: &str) -> Option<Vec<u8>> {
    let is_plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') || {
            let (stem, end) = part.rsplit_once('.').unwrap_or_default();
            matches!(end, "md" | "svg")
                && stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        }
    };
    name.split('/').all(is_plain).then(|| std::fs::read(folder.join(name)).ok()).flatten()
}

async fn look(State(site): State<Site>, kata: String) -> StatusCode {
    pass_on(&site, Ask::Look(kata))
}

async fn judge(State(site): State<Site>, kata: String) -> StatusCode {
    pass_on(&site, Ask::Judge(kata))
}

async fn hint(State(site): State<Site>, kata: String) -> StatusCode {
    pass_on(&site, Ask::Hint(kata))
}

fn pass_on(site: &Site, ask: Ask) -> StatusCode {
    match site.asks.send(ask) {
        Ok(()) => StatusCode::ACCEPTED,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
