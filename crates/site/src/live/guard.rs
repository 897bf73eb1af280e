//! Who is let in: a browser on this machine that knows the secret, and no page of another origin in it.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

/// What a browser is allowed to do with the page: load from here, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// The routes under the secret path, guarded.
pub(super) fn guarded(routes: Router, secret: &str, port: u16) -> Router {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    Router::new().nest(&format!("/{secret}/"), routes).layer(from_fn(move |request: Request, next: Next| {
        let rejected = reason_to_reject(request.method(), request.headers(), &hosts);
        async move {
            let response = match rejected {
                Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
                None => next.run(request).await,
            };
            with_headers(response)
        }
    }))
}

/// A name of another host that leads here (DNS rebinding), or a request that another site's page makes.
fn reason_to_reject(method: &Method, headers: &HeaderMap, hosts: &[String; 2]) -> Option<&'static str> {
    let value = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if !value(header::HOST).is_some_and(|host| hosts.iter().any(|it| it == host)) {
        return Some("this page answers to 127.0.0.1 only");
    }
    let is_own = |origin: &str| hosts.iter().any(|host| origin == format!("http://{host}"));
    if value(header::ORIGIN).is_some_and(|origin| !is_own(origin)) {
        return Some("this page answers to no other site");
    }
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Some("this page answers to no other site");
    }
    // A form of another site can send a POST, and cannot set this header.
    if method != Method::GET && !headers.contains_key("x-katas") {
        return Some("the header x-katas is missing");
    }
    None
}

fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set("content-security-policy", POLICY);
    set("cross-origin-resource-policy", "same-origin");
    set("referrer-policy", "no-referrer");
    set("x-content-type-options", "nosniff");
    set("cache-control", "no-store");
    response
}
