//! The templates call the grader as it is: every command and option in them exists, and every file that they hand on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use grader::report::{OF_A_CLASS, OF_A_SUBMISSION};

fn templates() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let folders = fs::read_dir(folder).expect("it is there").map(|it| it.expect("it is there").path());
    let files = folders.flat_map(|folder| {
        fs::read_dir(folder).expect("it is there").map(|it| it.expect("it is there").path())
    });
    let read = |path: PathBuf| (path.display().to_string(), fs::read_to_string(&path).expect("it is there"));
    files.map(read).collect()
}

/// The calls of the grader in a script, each on one line, as a shell would hand the words over.
fn calls(text: &str) -> Vec<Vec<String>> {
    let joined = text.replace("\\\n", " ");
    let mut calls = Vec::new();
    let mut lines = joined.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((before, call)) = line.split_once("cargo kata grade") else { continue };
        if before.trim_start().starts_with('#') {
            continue;
        }
        let mut call = call.to_owned();
        // A folded scalar of YAML goes on in the next line.
        while let Some(next) = lines.next_if(|next| next.trim_start().starts_with("--")) {
            call = format!("{call} {}", next.trim());
        }
        // What stands behind two blanks explains.
        let call =
            call.split(" || ").next().unwrap_or_default().trim().split("  ").next().unwrap_or_default();
        calls.push(call.split_whitespace().flat_map(word).collect());
    }
    calls
}

/// What a shell makes of a word, near enough.
fn word(word: &str) -> Vec<String> {
    match word.trim_matches('"') {
        "${milestones[@]}" => vec!["--milestone".to_owned(), "m01".to_owned()],
        "$SHARD" | "$CI_NODE_INDEX/$CI_NODE_TOTAL" => vec!["1/2".to_owned()],
        "$KATAS_SEED" | "$seed" => vec!["4711".to_owned()],
        "$JOBS" => vec!["2".to_owned()],
        other => vec![other.to_owned()],
    }
}

#[test]
fn every_call_in_a_template_is_understood() {
    let mut seen = 0;
    for (path, text) in templates() {
        for mut call in calls(&text) {
            // Everything before it is understood first, and then nothing is done.
            call.push("--help".to_owned());
            let run = Command::new(env!("CARGO_BIN_EXE_grader")).args(&call).output().unwrap();
            assert!(run.status.success(), "{path}: {call:?}: {}", String::from_utf8_lossy(&run.stderr));
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
    let nonsense =
        Command::new(env!("CARGO_BIN_EXE_grader")).args(["--shards", "1/2", "--help"]).output().unwrap();
    assert_eq!(nonsense.status.code(), Some(2), "what does not exist is not understood");
}

#[test]
fn every_file_that_a_template_hands_on_is_written() {
    let ours = OF_A_SUBMISSION.map(|(name, _)| name);
    let written: Vec<&str> =
        ours.into_iter().chain(OF_A_CLASS.map(|(name, _)| name)).chain(["result.json"]).collect();
    let mut seen = 0;
    for (path, text) in templates() {
        let paths = text.split(|c: char| c.is_whitespace() || "\"'();".contains(c));
        for named in paths.filter(|it| it.contains("grades/") && it.contains('.') && !it.contains("..")) {
            let name = named.rsplit('/').next().unwrap();
            assert!(written.contains(&name), "{path}: {named}");
            seen += 1;
        }
    }
    assert!(seen >= 6, "{seen}");
}

#[test]
fn the_examples_of_the_help_are_understood() {
    for arguments in [vec!["--help"], vec!["merge", "--help"], vec!["similarity", "--help"]] {
        let help = Command::new(env!("CARGO_BIN_EXE_grader")).args(&arguments).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        let examples = help.split_once("Examples:").map_or("", |(_, examples)| examples);
        let calls = calls(examples);
        assert!(calls.len() >= 3, "{help}");
        for mut call in calls {
            call.push("--help".to_owned());
            let run = Command::new(env!("CARGO_BIN_EXE_grader")).args(&call).output().unwrap();
            assert!(run.status.success(), "{call:?}: {}", String::from_utf8_lossy(&run.stderr));
        }
    }
}
