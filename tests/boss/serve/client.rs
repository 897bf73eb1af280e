//! A client of a few lines that can send invalid requests.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use axum::Router;
use judge::Broken;
use serde_json::Value;

/// A response.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    /// The value of a header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values =
            lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
        values.next().unwrap_or_default()
    }

    /// The body as JSON, or null.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Serves on a free port of this machine until the process ends.
pub fn start(router: Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a listener for tokio");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let _ends_with_the_process = axum::serve(listener, router).await;
        });
    });
    address
}

/// A connection that waits at most three seconds for anything.
pub fn connect(address: SocketAddr) -> Result<TcpStream, Broken> {
    let stream = TcpStream::connect(address).map_err(|error| broken(&error))?;
    stream.set_read_timeout(Some(Duration::from_secs(3))).map_err(|error| broken(&error))?;
    Ok(stream)
}

/// Sends a part of a request.
pub fn say(stream: &mut TcpStream, text: &str) -> Result<(), Broken> {
    stream.write_all(text.as_bytes()).map_err(|error| broken(&error))
}

/// Whether nothing has come back yet.
pub fn is_silent(stream: &TcpStream) -> Result<bool, Broken> {
    stream.set_nonblocking(true).map_err(|error| broken(&error))?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false).map_err(|error| broken(&error))?;
    Ok(peeked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock))
}

/// Reads one answer to its end; the request asked to close the connection after it.
pub fn reply(stream: &mut TcpStream) -> Result<Reply, Broken> {
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        let got = ended.map_or_else(|error| error.to_string(), |_| "the connection closed".to_owned());
        let look = "A handler that panics or waits forever leaves its client without a response.";
        return Err(Broken::answer(format!("no answer: {got}"), "an answer", look));
    };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let mut reply = Reply { status, head: head.to_owned(), body: body.to_owned() };
    if reply.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        reply.body = unchunked(body);
    }
    Ok(reply)
}

fn unchunked(mut rest: &str) -> String {
    let mut body = String::new();
    while let Some((size, more)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 || size > more.len() {
            break;
        }
        body += &more[..size];
        rest = more[size..].trim_start_matches("\r\n");
    }
    body
}

/// The head of a request for one answer, without the empty line at its end.
pub fn head(method: &str, path: &str, kind: &str, length: usize) -> String {
    let kind = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{kind}Content-Length: \
         {length}\r\n"
    )
}

/// Sends a whole request and reads the answer.
pub fn send(address: SocketAddr, method: &str, path: &str, kind: &str, body: &[u8]) -> Result<Reply, Broken> {
    let mut stream = connect(address)?;
    let mut request = (head(method, path, kind, body.len()) + "\r\n").into_bytes();
    request.extend(body);
    stream.write_all(&request).map_err(|error| broken(&error))?;
    reply(&mut stream)
}

/// Asks for predictions.
pub fn predict(address: SocketAddr, body: &str) -> Result<Reply, Broken> {
    send(address, "POST", "/predict", "application/json", body.as_bytes())
}

fn broken(error: &std::io::Error) -> Broken {
    Broken::answer(format!("the connection failed: {error}"), "a connection", "Does the server still run?")
}
