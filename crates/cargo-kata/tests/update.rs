//! A newer suite goes under what a learner has written, from a folder and from a clone, and nothing is lost.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;
use std::path::Path;
use std::process::Command;

use engine::outline::outline;
use repository::shared::KATAS;
use repository::{Repository, SOLUTION};

const SOLUTIONS: &str = "solutions/m01_linear_algebra/numbers.rs";

/// The suite's next version of the file: new words, another signature, a new kata, one that is called otherwise.
fn next() -> String {
    let mut text = SOLUTION.to_owned();
    for (old, new) in [
        ("/// The sum of two numbers, x + y.", "/// Addition: the sum of two numbers, x + y."),
        (
            "pub fn half(x: f64) -> Result<f64, InputError>",
            "pub fn half(x: f64, n: u32) -> Result<f64, InputError>",
        ),
        ("/// Counts how often", "/// A counter: counts how often"),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text + "\n/// The double of a number.\npub fn double(x: f64) -> f64 {\n    2.0 * x\n}\n"
}

/// Puts the next version into a repository.
fn advance(repository: &Repository) {
    repository.write(SOLUTIONS, &next());
    repository.write(KATAS, &outline(&next()));
    repository.write("NEWS.md", "A newer version.\n");
}

/// A learner has written all three katas with a helper of their own.
fn learned(repository: &Repository) {
    repository.solve(&[
        ("    both(x, y)\n", "    mine(x, y)\n"),
        ("fn both(x: f64, y: f64)", "fn mine(x: f64, y: f64)"),
    ]);
}

/// What must have become of it, whichever way the newer version came.
fn is_moved(text: &str) {
    for part in [
        "/// Addition: the sum of two numbers, x + y.",
        "    mine(x, y)\n",
        "fn mine(x: f64, y: f64) -> f64 {\n    x + y\n}",
        "pub fn half(x: f64, n: u32) -> Result<f64, InputError> {\n    Ok(x / 2.0)\n}",
        "self.count += 1;",
        "pub fn double(x: f64) -> f64 {\n    todo!()\n}",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    let output = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn a_newer_version_in_a_folder_is_taken_and_the_old_one_kept() {
    let (mine, newer) = (Repository::new("update-mine"), Repository::new("update-newer"));
    learned(&mine);
    advance(&newer);
    let from = newer.path("").to_string_lossy().into_owned();
    let before = mine.katas();
    // Trying changes nothing.
    let tried = mine.json(&["update", "--from", &from, "--dry-run"]);
    assert_eq!((&tried["applied"], &tried["carried"]), (&false.into(), &3.into()));
    assert!(mine.katas() == before && !mine.path("NEWS.md").exists());
    let said = mine.kata(&["update", "--from", &from]);
    assert_eq!(said.code, Some(1), "a signature changed: {said:?}");
    assert!(
        said.out.contains("3 katas were carried over") && said.out.contains("half: the signature changed"),
        "{said:?}"
    );
    is_moved(&mine.katas());
    assert!(mine.path("NEWS.md").exists());
    assert_eq!(fs::read_to_string(mine.path(SOLUTIONS)).unwrap(), next());
    // The old text comes back by its number, and the old suite lies aside.
    assert_eq!(fs::read_to_string(mine.path(".kata/backups/suite-1").join(SOLUTIONS)).unwrap(), SOLUTION);
    assert_eq!(mine.kata(&["restore", "1"]).code, Some(0));
    assert_eq!(mine.katas(), before);
    // The same once more has nothing to move.
    let again = mine.kata(&["update", "--from", &mine.path("").to_string_lossy()]);
    assert!(again.code == Some(2) && again.err.contains("this repository itself"), "{again:?}");
}

#[test]
fn a_newer_version_is_fetched_and_merged_in_a_clone() {
    let (upstream, mine) = (Repository::new("update-upstream"), Repository::new("update-clone"));
    git(&upstream.path(""), &["init", "--quiet", "--initial-branch", "main"]);
    git(&upstream.path(""), &["add", "--all"]);
    git(&upstream.path(""), &["commit", "--quiet", "--message", "First"]);
    let place = mine.path("");
    fs::remove_dir_all(&place).unwrap();
    git(&upstream.path(""), &["clone", "--quiet", ".", &place.to_string_lossy()]);
    git(&place, &["config", "user.name", "A"]);
    git(&place, &["config", "user.email", "a@example.org"]);
    let said = mine.kata(&["update"]);
    assert!(said.code == Some(0) && said.out.contains("nothing newer"), "{said:?}");
    learned(&mine);
    advance(&upstream);
    git(&upstream.path(""), &["add", "--all"]);
    git(&upstream.path(""), &["commit", "--quiet", "--message", "Second"]);
    let before = mine.katas();
    // What is not committed is not put at risk.
    let said = mine.kata(&["update"]);
    assert!(said.code == Some(2) && said.err.contains("not committed") && mine.katas() == before, "{said:?}");
    git(&place, &["commit", "--quiet", "--all", "--message", "My katas"]);
    let said = mine.kata(&["update"]);
    assert_eq!(said.code, Some(1), "a signature changed: {said:?}");
    is_moved(&mine.katas());
    assert!(mine.path("NEWS.md").exists());
    assert_eq!(git(&place, &["status", "--porcelain", "--untracked-files=no"]), "");
    assert_eq!(git(&place, &["log", "-1", "--format=%s %p"]).split(' ').count(), 5, "it is a merge");
    let said = mine.kata(&["update"]);
    assert!(said.out.contains("nothing newer"), "{said:?}");
}

#[test]
fn what_is_no_newer_version_is_named() {
    let mine = Repository::new("update-wrong");
    let said = mine.kata(&["update", "--from", "/nowhere"]);
    assert!(said.code == Some(3) && said.err.contains("/nowhere"), "{said:?}");
    let said = mine.kata(&["update"]);
    assert!(said.code == Some(2) && said.err.contains("--from"), "{said:?}");
}
