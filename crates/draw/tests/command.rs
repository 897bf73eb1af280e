//! The program `draw`, as it is called from a shell.
#![cfg(feature = "files")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figures")
}

/// What the program says, called in this folder, without a terminal.
fn draw(arguments: &[&str], input: &str, place: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_draw"));
    command.args(arguments).current_dir(place).env("LC_ALL", "C.UTF-8").env_remove("COLUMNS");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it listens");
    // It may have ended before it read anything.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_figure_comes_from_a_file_or_from_standard_input() {
    let from_file = draw(&["one_point.figure", "--width", "30"], "", &folder());
    let written = fs::read_to_string(folder().join("one_point.figure")).expect("a figure");
    let from_input = draw(&["--width=30"], &written, &folder());
    assert!(from_file.status.success() && from_file.stdout == from_input.stdout);
    assert!(text(&from_file.stdout).contains('●') && !text(&from_file.stdout).contains('\x1b'));
}

#[test]
fn several_figures_are_numbered() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("numbered");
    fs::create_dir_all(&place).expect("a folder");
    let figures = ["empty", "one_point"].map(|name| folder().join(format!("{name}.figure")));
    let figures = figures.each_ref().map(|path| path.to_str().expect("a name"));
    let done = draw(&["--svg", "a.svg", figures[0], figures[1]], "", &place);
    assert_eq!(text(&done.stderr), "a-1.svg\na-2.svg\n");
    let second = fs::read_to_string(place.join("a-2.svg")).expect("a picture");
    assert!(second.contains("<title>One point</title>"));
}

#[test]
fn what_went_wrong_is_said_with_a_remedy() {
    let asked = [
        (vec!["--help"], "", 0, "Examples:"),
        (vec!["--jpg", "x"], "", 2, "unexpected argument '--jpg'"),
        (vec!["nowhere.figure"], "", 1, "cannot read nowhere.figure"),
        (vec![], "", 1, "standard input is empty"),
        (vec![], "squiggles\n", 1, "line 1 of the figure"),
        (vec!["--svg", "no/such/folder.svg", "empty.figure"], "", 1, "Is the folder there"),
    ];
    for (arguments, input, code, words) in asked {
        let done = draw(&arguments, input, &folder());
        assert_eq!(done.status.code(), Some(code), "{arguments:?}");
        let said = text(&done.stderr) + &text(&done.stdout);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_device_and_a_closed_pipe_are_no_panic() {
    let ended = |words: &[&str], stdout: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_draw"));
        command.args(words).current_dir(folder()).stdout(stdout).stderr(Stdio::piped());
        let child = command.spawn().and_then(std::process::Child::wait_with_output).expect("it runs");
        (child.status.code(), text(&child.stderr))
    };
    for words in [["--help"].as_slice(), &["one_point.figure"], &["--png", "-", "one_point.figure"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        assert_eq!(ended(words, writer.into()), (Some(0), String::new()), "{words:?}");
        let Ok(full) = fs::File::options().write(true).open("/dev/full") else { return };
        let (code, said) = ended(words, full.into());
        assert!(code == Some(3) && said.contains("cannot write to standard output"), "{words:?}: {said}");
    }
}
