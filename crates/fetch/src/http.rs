//! A download that resumes where it stopped.

use std::io::{ErrorKind, Read};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use ureq::http::header::{CONTENT_LENGTH, CONTENT_RANGE, RANGE};
use ureq::{Agent, Body, Proxy, http::Response};

use crate::FetchError;
use crate::part::Part;

/// The variables that may name a proxy, in the order in which they are read.
const PROXIES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// How often in a row an attempt may bring nothing at all.
const ATTEMPTS: u32 = 3;

/// Downloads into the part, behind what is there already.
///
/// A connection that breaks is taken up again, as long as each attempt brings something.
pub(crate) fn download(
    url: &str,
    part: &mut Part,
    watch: &mut dyn FnMut(u64, Option<u64>),
) -> Result<(), FetchError> {
    let mut fruitless = 0;
    loop {
        let before = part.length()?;
        let why = match attempt(url, part, watch)? {
            Ended::Whole => return Ok(()),
            Ended::Afresh => "the server does not go on where it stopped".to_owned(),
            Ended::Broken(why) => why,
        };
        let got = part.length()?;
        fruitless = if got > before { 0 } else { fruitless + 1 };
        if fruitless == ATTEMPTS {
            return Err(FetchError::Interrupted { from: url.to_owned(), got, why });
        }
        sleep(Duration::from_millis(200 * u64::from(fruitless)));
    }
}

/// How one attempt ended, if it does not end everything.
enum Ended {
    Whole,
    /// What there was is gone, since it could not be continued.
    Afresh,
    Broken(String),
}

fn attempt(url: &str, part: &mut Part, watch: &mut dyn FnMut(u64, Option<u64>)) -> Result<Ended, FetchError> {
    let have = part.length()?;
    let mut request = agent().get(url);
    if have > 0 {
        request = request.header(RANGE, format!("bytes={have}-"));
    }
    let mut response = match request.call() {
        Ok(response) => response,
        // With something in hand it is an interruption, and worth another attempt.
        Err(error) if have > 0 => return Ok(Ended::Broken(explained(&error, url))),
        Err(error) => {
            return Err(FetchError::Unreachable { from: url.to_owned(), why: explained(&error, url) });
        }
    };
    match response.status().as_u16() {
        // The whole file, whatever was asked for.
        200 => part.clear()?,
        206 if header(&response, &CONTENT_RANGE).starts_with(&format!("bytes {have}-")) => {}
        206 | 416 => {
            part.clear()?;
            return Ok(Ended::Afresh);
        }
        404 | 410 => return Err(FetchError::Missing { from: url.to_owned() }),
        status => {
            let why = format!("the server answers {status}");
            return Err(FetchError::Unreachable { from: url.to_owned(), why });
        }
    }
    let before = part.length()?;
    let all = header(&response, &CONTENT_LENGTH).parse().ok().map(|length: u64| before + length);
    let (mut body, mut buffer) = (response.body_mut().as_reader(), vec![0; 1 << 16]);
    loop {
        match body.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => watch(part.add(&buffer[..n])?, all),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Ok(Ended::Broken(error.to_string())),
        }
    }
    let got = part.length()?;
    match all {
        Some(all) if got < all => Ok(Ended::Broken(format!("{got} of {all} bytes came"))),
        _ => Ok(Ended::Whole),
    }
}

/// The error, with the proxy that the connection went through: it may be that one which does not answer.
fn explained(error: &ureq::Error, url: &str) -> String {
    let proxy =
        agent().config().proxy().filter(|proxy| url.parse().is_ok_and(|url| !proxy.is_no_proxy(&url)));
    let Some(proxy) = proxy else { return error.to_string() };
    // Host and port only: the variable may hold a password.
    let (host, port) = (proxy.host(), proxy.port());
    let is_it = |name: &&str| {
        let value = std::env::var(name).ok();
        value
            .and_then(|value| Proxy::new(&value).ok())
            .is_some_and(|it| it.host() == host && it.port() == port)
    };
    let variable = PROXIES.into_iter().find(is_it).unwrap_or("a variable");
    format!(
        "{error}. The connection went through the proxy {host}:{port}, which {variable} names. Is it \
         running? NO_PROXY lists hosts that are reached without it"
    )
}

fn header(response: &Response<Body>, name: &ureq::http::HeaderName) -> String {
    let value = response.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn agent() -> &'static Agent {
    static AGENT: OnceLock<Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(Duration::from_secs(30)))
            // For a slow line: after this time the download is taken up again.
            .timeout_recv_body(Some(Duration::from_secs(600)))
            .user_agent(concat!("katas-fetch/", env!("CARGO_PKG_VERSION")));
        config.build().into()
    })
}
