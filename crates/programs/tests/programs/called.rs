//! Calls of the programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// How a call ended, and what it printed.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The programs that this test program was built with.
pub const PROGRAMS: &[(&str, &str)] = &[
    #[cfg(feature = "pipeline")]
    ("pipeline", env!("CARGO_BIN_EXE_pipeline")),
    #[cfg(feature = "compare")]
    ("compare", env!("CARGO_BIN_EXE_compare")),
    #[cfg(feature = "serve")]
    ("serve", env!("CARGO_BIN_EXE_serve")),
    #[cfg(feature = "vision")]
    ("vision", env!("CARGO_BIN_EXE_vision")),
    #[cfg(feature = "train")]
    ("train", env!("CARGO_BIN_EXE_train")),
];

/// This program; `None` where it was not built.
pub fn program(name: &str) -> Option<Command> {
    PROGRAMS.iter().find(|(known, _)| *known == name).map(|(_, file)| Command::new(file))
}

pub fn said(command: &mut Command) -> Said {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// The folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/programs").to_owned()
}

/// An empty folder of a test's own.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _there_was_none = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}
