//! A learner's repository of their own, and the live page of it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A copy of the repository, with the page served.
pub struct Learner {
    root: PathBuf,
    process: Child,
    /// Where the page is.
    pub address: String,
}

impl Drop for Learner {
    fn drop(&mut self) {
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

impl Learner {
    /// Copies the repository and serves its page.
    pub fn start(name: &str) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("learner-{name}"));
        let _there_was_none = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a folder");
        let needed = [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo",
            ".config",
            "book",
            "crates",
            "data",
            "katas",
            "snapshots",
            "solutions",
            "specimens",
            "tests",
        ];
        for part in needed {
            copy(&here.join(part), &root.join(part));
        }
        // What is built stays from one test to the next.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("learner-target");
        let mut process = Command::new(env!("CARGO_BIN_EXE_live-page"))
            .args(["--no-open", "--port", "0"])
            .current_dir(&root)
            .env("CARGO_TARGET_DIR", target)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut address = String::new();
        out.read_line(&mut address).expect("an address");
        Self { root, process, address: address.trim().to_owned() }
    }

    /// Replaces something in a file, as an editor saves it.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).expect("a text");
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).expect("it is saved");
    }

    /// Replaces the body of a function, which is a stub or one line.
    pub fn write(&self, file: &str, function: &str, body: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).expect("a text");
        let begin = text.find(&format!("pub fn {function}(")).expect("the function");
        let open = begin + text[begin..].find(" {\n").expect("a body") + 3;
        let close = open + text[open..].find("\n}").expect("its end");
        fs::write(&path, format!("{}    {body}{}", &text[..open], &text[close..])).expect("it is saved");
    }

    /// The text of the solution's file in the learner's place.
    pub fn solve(&self, file: &str) {
        let solution = fs::read_to_string(self.root.join("solutions").join(file)).expect("a solution");
        fs::write(self.root.join("katas").join(file), solution).expect("it is saved");
    }

    /// The status of a request that says these lines.
    pub fn status_of(&self, method: &str, path: &str, headers: &[&str]) -> u16 {
        let host =
            self.address.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let mut stream = TcpStream::connect(&host).expect("it listens");
        let own = format!("Host: {host}");
        let has_host = headers.iter().any(|header| header.starts_with("Host: "));
        let mut lines = vec![format!("{method} {path} HTTP/1.1"), "Connection: close".to_owned()];
        lines.extend((!has_host).then_some(own));
        lines.extend(headers.iter().map(|header| (*header).to_owned()));
        write!(stream, "{}\r\nContent-Length: 0\r\n\r\n", lines.join("\r\n")).expect("it is sent");
        let mut answer = String::new();
        let _rest_is_no_text = stream.read_to_string(&mut answer);
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    /// The path of the page, with the secret.
    pub fn path(&self) -> String {
        let rest = self.address.trim_start_matches("http://");
        rest[rest.find('/').unwrap_or(0)..].to_owned()
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").flatten() {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else if from.exists() {
        fs::copy(from, to).expect("a copy");
    }
}
