//! A reader that goes away, and a device that is full.
#![cfg(unix)]

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::called::{PROGRAMS, folder, program, repository};

/// What lets the program print something, and end.
fn at_work(name: &str) -> Command {
    let mut command = program(name).expect("it is built");
    match name {
        "pipeline" => {
            command.args(["--steps", "1", "--repository"]).arg(repository());
            command.arg("--out").arg(folder(&format!("pipes-{:?}", std::thread::current().id())));
        }
        "compare" => {
            command.arg("m01_linear_algebra/vectors/dot");
        }
        "vision" => {
            command.arg(repository().join("crates/programs/tests/pictures/house.png"));
            command.arg("--out").arg(folder(&format!("pipes-{:?}", std::thread::current().id())));
        }
        "serve" => {
            command.args(["--port", "0"]);
        }
        _ => {
            command.args(["m07", "--epochs", "1", "--out"]).arg(folder("pipes-train"));
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Ends it after a while: a server would serve on.
fn ended(mut command: Command) -> (Option<i32>, String) {
    let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
    drop(command);
    let mut stderr = child.stderr.take().expect("it is piped");
    let mut said = String::new();
    stderr.read_to_string(&mut said).expect("text");
    (child.wait().expect("it ends").code(), said)
}

#[test]
fn a_full_device_is_an_error_with_a_message() {
    for (name, _) in PROGRAMS {
        for help in [true, false] {
            let Ok(full) = File::options().write(true).open("/dev/full") else { return };
            let mut command = if help { program(name).expect("it is built") } else { at_work(name) };
            if help {
                command.arg("--help");
            }
            command.stdout(full);
            let (code, said) = ended(command);
            assert_eq!(code, Some(3), "{name}: {said}");
            assert!(said.contains("cannot write to standard output"), "{name}: {said}");
            assert!(!said.contains("panicked"), "{name}: {said}");
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_a_program_quietly() {
    for (name, _) in PROGRAMS {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = at_work(name);
        command.stdout(writer);
        let (code, said) = ended(command);
        assert!(matches!(code, Some(0 | 141)), "{name}: {code:?} {said}");
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{name}: {said}");
    }
}

#[test]
fn standard_error_may_be_full_as_well() {
    for (name, _) in PROGRAMS {
        let Ok(full) = File::options().write(true).open("/dev/full") else { return };
        let mut command = program(name).expect("it is built");
        let status = command.arg("--frobnicate").stderr(full).status().expect("it starts");
        assert_eq!(status.code(), Some(2), "{name}");
    }
}
