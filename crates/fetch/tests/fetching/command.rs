//! The program `fetch`, as it is called from a shell.

use std::path::Path;
use std::process::Command;

use crate::server::{Served, Server};

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let into = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fetch"));
    let said = command.args(arguments).arg("--into").arg(into).output().expect("the program starts");
    (said.status.code(), String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned())
}

#[test]
fn what_is_not_the_real_set_is_refused() {
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
    assert!(code == Some(2) && text.contains("there is no set minst, but mnist and fashion-mnist"), "{text}");
    let (code, text) = said(&["--help"]);
    assert!(code == Some(0) && text.contains("Examples:"), "{text}");
}
