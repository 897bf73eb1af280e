//! The page around the service, over real HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::called::program;

struct Server {
    process: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

impl Server {
    fn start() -> Self {
        let mut command = program("serve").expect("it is built");
        command.args(["--port", "0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("it is piped")).read_line(&mut line).expect("an address");
        let host = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        Self { process, host: host.expect("an address").to_owned() }
    }

    /// Status and body of the answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        let (host, length) = (&self.host, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), body.to_owned())
    }

    fn json(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let (status, body) = self.ask(method, path, &body.to_string());
        (status, serde_json::from_str(&body).expect("JSON"))
    }
}

#[test]
fn the_page_draws_on_the_service_and_attacks_it() {
    let server = Server::start();
    let (status, page) = server.ask("GET", "/", "");
    assert!(status == 200 && page.contains("Draw a digit") && !page.contains("://"), "{status}");
    let (_, three) = server.json("GET", "/example/3", &json!({}));
    let (status, before) = server.json("POST", "/predict", &json!({ "sample": three["pixels"] }));
    assert_eq!((status, &before["class"]), (200, &json!("3")));
    let asked = json!({ "pixels": three["pixels"], "label": 3, "epsilon": 0.25 });
    let (status, attacked) = server.json("POST", "/attack", &asked);
    assert_eq!(status, 200, "{attacked}");
    let numbers = |value: &Value| -> Vec<f64> {
        value["pixels"].as_array().expect("pixels").iter().filter_map(Value::as_f64).collect()
    };
    let (clean, attacked) = (numbers(&three), numbers(&attacked));
    assert!(
        clean.iter().zip(&attacked).all(|(a, b)| (a - b).abs() <= 0.25 + 1e-12 && (0.0..=1.0).contains(b))
    );
    let (_, after) = server.json("POST", "/predict", &json!({ "sample": attacked }));
    let third = |answer: &Value| answer["probabilities"][3].as_f64().expect("a probability");
    assert!(third(&after) < third(&before), "{before} {after}");
    // What is wrong is said, and the service's own answers stay.
    assert_eq!(server.json("POST", "/attack", &json!({ "pixels": [0.5] })).0, 400);
    let short = json!({ "pixels": [0.5], "label": 3, "epsilon": 0.1 });
    assert_eq!(server.json("POST", "/attack", &short).0, 422);
    assert_eq!(server.ask("GET", "/example/12", "").0, 404);
    assert_eq!(server.ask("GET", "/nothing", "").0, 404);
    assert_eq!(server.json("GET", "/health", &json!({})).1["status"], "ok");
}
