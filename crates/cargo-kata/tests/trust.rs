//! A verdict is about the text that lies on the disk, whatever its time says, whatever is exported, and whatever a kata
//! does to the machine.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;

use repository::shared::{KATAS, laws, shared, states, text};
use serde_json::Value;

#[test]
fn an_older_text_that_is_put_back_with_its_own_time_is_judged() {
    let repository = shared("trust");
    repository.solve(&[("x + y\n", "x - y\n")]);
    assert_eq!(states(&repository.json(&["test", "add"])), ["broken"]);
    let (path, old) = (repository.path(KATAS), repository.path("older.rs"));
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::copy(&path, &old).unwrap();
    repository.solve(&[]);
    assert_eq!(states(&repository.json(&["test", "add"])), ["holds"]);
    // As `cp -p`, `mv`, unzip and `rsync -t` do.
    fs::copy(&old, &path).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(states(&repository.json(&["test", "add"])), ["broken"]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["broken", "holds", "holds"]);
}

#[test]
fn what_is_exported_changes_no_verdict() {
    let repository = shared("trust");
    // Wrong for one input of a few dozen.
    repository.solve(&[("    x + y\n", "    if x * y > 40.0 { 0.0 } else { x + y }\n")]);
    for (key, value) in [
        ("PROPTEST_CASES", "1"),
        ("PROPTEST_CASES", "0"),
        ("PROPTEST_RNG_SEED", "7"),
        ("INSTA_FORCE_PASS", "1"),
        ("NEXTEST_PROFILE", "there-is-none"),
        ("NEXTEST_RETRIES", "3"),
        ("RUST_TEST_SHUFFLE", "1"),
        ("RUST_MIN_STACK", "1"),
        ("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false"),
        ("KATAS_SECONDS", "0"),
    ] {
        let output = repository.command(&["test", "add", "--json"]).env(key, value).output().unwrap();
        let judged: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{key}: {output:?}"));
        assert_eq!(states(&judged), ["broken"], "{key}={value}");
        assert!(text(&laws(&judged)[0], "with").contains("x = "), "{key}={value}: {judged:#}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_grows_without_end_is_stopped_with_its_input() {
    let repository = shared("trust");
    let grows = "    let mut all = vec![x + y];\n    loop {\n        all.push(all.len() as f64);\n    }\n";
    repository.solve(&[("    both(x, y)\n", grows)]);
    for nextest in [None, Some("")] {
        let mut command = repository.command(&["test", "add", "--memory", "200", "--json"]);
        let output = command.envs(nextest.map(|it| ("KATAS_NEXTEST", it))).output().unwrap();
        let judged: Value = serde_json::from_slice(&output.stdout).unwrap();
        let is_named = |law: &Value| {
            text(law, "got") == "used more than 200 MiB" && text(law, "with").starts_with("x = ")
        };
        assert!(laws(&judged).iter().any(is_named), "{judged:#}");
        assert_eq!(states(&judged), ["broken"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_flood_of_output_is_stopped() {
    let repository = shared("trust");
    repository.solve(&[(
        "    both(x, y)\n",
        "    loop {\n        println!(\"{}\", \"flood \".repeat(1000));\n    }\n",
    )]);
    let judged = repository.json(&["test", "add"]);
    let is_named = |law: &Value| text(law, "got").starts_with("wrote more than 256 MiB");
    assert!(laws(&judged).iter().any(is_named), "{judged:#}");
}

#[test]
fn a_stack_that_overflows_is_reported_with_its_input() {
    let repository = shared("trust");
    let deep = "    if x > 3.0 { add(x + 1.0, y) + 1.0 } else { x + y }\n";
    repository.solve(&[("    both(x, y)\n", deep)]);
    let judged = repository.json(&["test", "add"]);
    let died = laws(&judged).iter().find(|law| text(law, "got").contains("stack overflowed")).unwrap();
    assert!(text(died, "with").starts_with("x = "), "{judged:#}");
}

#[cfg(unix)]
#[test]
fn what_else_lies_in_the_repository_holds_nothing_up() {
    use std::os::unix::fs::symlink;
    let repository = shared("trust");
    repository.solve(&[("Ok(x / 2.0)", "Ok(\"x\")")]);
    // An editor's lock, a link to the repository itself, a pipe that no one writes to, a target folder in a tree.
    let links =
        [("me@host.1:2", "katas/m01_linear_algebra/.#numbers.rs"), ("nowhere", "notes"), (".", "here")];
    for (to, link) in links {
        symlink(to, repository.path(link)).unwrap();
    }
    symlink("..", repository.path("data/up")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(repository.path("data/pipe")).status();
    assert_eq!(states(&repository.json(&["test", "m01"])), ["holds", "does not compile", "holds"]);
    for (_, link) in links {
        fs::remove_file(repository.path(link)).unwrap();
    }
    fs::remove_file(repository.path("data/up")).unwrap();
    if made.is_ok_and(|status| status.success()) {
        fs::remove_file(repository.path("data/pipe")).unwrap();
    }
}

#[test]
fn settings_of_cargo_that_are_found_above_switch_no_check_off() {
    let repository = shared("trust");
    let overflows =
        "    let one = std::hint::black_box(1_u8);\n    let _ = std::hint::black_box(one - 2);\n    x + y\n";
    repository.solve(&[("    x + y\n", overflows)]);
    repository
        .write(".cargo/config.toml", "[profile.dev]\noverflow-checks = false\ndebug-assertions = false\n");
    let judged = repository.json(&["test", "add"]);
    fs::remove_file(repository.path(".cargo/config.toml")).unwrap();
    assert_eq!(states(&judged), ["broken"], "{judged:#}");
}
