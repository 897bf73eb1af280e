//! The program `fetch`, as it is called from a shell.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::server::{Served, Server};

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fetch"));
    let said = command.args(arguments).arg("--into").arg(into).output().expect("the program starts");
    (said.status.code(), String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned())
}

#[test]
fn what_is_not_the_real_set_is_rejected() {
    let server = Server::of(&[("train-images-idx3-ubyte.gz", Served::Rightly(vec![0; 100]))]);
    let (code, text) = said(&["mnist", "--from", &server.address]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("not 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"), "{text}");
    let (code, text) = said(&["fashion-mnist", "--from", &server.address]);
    assert!(code == Some(1) && text.contains("not 3aede38d61863908"), "{text}");
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let (code, text) = said(&["minst"]);
    assert!(code == Some(2) && text.contains("[possible values: mnist, fashion-mnist]"), "{text}");
    let (code, text) = said(&["--help"]);
    assert!(code == Some(0) && text.contains("Examples:"), "{text}");
}

/// No one listens there; the variable may hold a password, which is no one's business.
#[test]
fn a_proxy_that_does_not_answer_is_named() {
    for (variable, value) in [
        ("HTTPS_PROXY", "http://user:secret@127.0.0.1:1"),
        ("http_proxy", "127.0.0.1:1"),
        ("ALL_PROXY", "http://127.0.0.1:1/"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fetch"));
        for other in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
            command.env_remove(other).env_remove(other.to_lowercase());
        }
        let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join("proxy");
        command.args(["mnist", "--from", "http://katas.invalid/", "--into"]).arg(into).env(variable, value);
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("the proxy 127.0.0.1:1, which {variable} names")), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn what_is_there_can_be_checked() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nothing");
    let output = Command::new(env!("CARGO_BIN_EXE_fetch")).args(["--check", "mnist"]).arg(&folder).output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("missing  ").count(), 4, "{said}");
}

#[cfg(unix)]
#[test]
fn a_full_device_and_a_closed_pipe_are_no_panic() {
    let ended = |words: &[&str], stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fetch"));
        let output = command.args(words).stdout(stdout).stderr(Stdio::piped()).spawn();
        let output = output.and_then(std::process::Child::wait_with_output).expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for words in [["--help"].as_slice(), &["--check", "mnist", "/nowhere"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let (code, said) = ended(words, writer.into());
        assert!(code.is_some_and(|code| code < 2) && said.is_empty(), "{words:?}: {code:?} {said}");
        let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else { return };
        let (code, said) = ended(words, full.into());
        assert!(code == Some(3) && said.contains("cannot write to standard output"), "{words:?}: {said}");
    }
}
