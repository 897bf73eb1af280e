//! A verdict is about the text that lies on the disk, whatever its time says, whatever is exported, and whatever a kata
//! does to the machine.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use repository::Repository;
use serde_json::Value;

const KATAS: &str = "katas/m01_linear_algebra/numbers.rs";

/// One repository for all: what it is built from is built once.
fn repository() -> MutexGuard<'static, Repository> {
    static REPOSITORY: OnceLock<Mutex<Repository>> = OnceLock::new();
    let repository = REPOSITORY.get_or_init(|| Mutex::new(Repository::new("trust")));
    repository.lock().unwrap_or_else(PoisonError::into_inner)
}

fn states(judged: &Value) -> Vec<&str> {
    judged["katas"].as_array().unwrap().iter().map(|kata| kata["state"].as_str().unwrap()).collect()
}

/// The laws of the first kata.
fn laws(judged: &Value) -> &Vec<Value> {
    judged["katas"][0]["laws"].as_array().unwrap()
}

fn text<'a>(law: &'a Value, key: &str) -> &'a str {
    law[key].as_str().unwrap()
}

#[test]
fn an_older_text_that_is_put_back_with_its_own_time_is_judged() {
    let repository = repository();
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
    let repository = repository();
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
    let repository = repository();
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
    let repository = repository();
    repository.solve(&[(
        "    both(x, y)\n",
        "    loop {\n        println!(\"{}\", \"flood \".repeat(1000));\n    }\n",
    )]);
    let judged = repository.json(&["test", "add"]);
    let is_named = |law: &Value| text(law, "got").starts_with("wrote more than 256 MiB");
    assert!(laws(&judged).iter().any(is_named), "{judged:#}");
}

#[test]
fn a_stack_that_overflows_is_told_with_its_input() {
    let repository = repository();
    let deep = "    if x > 3.0 { add(x + 1.0, y) + 1.0 } else { x + y }\n";
    repository.solve(&[("    both(x, y)\n", deep)]);
    let judged = repository.json(&["test", "add"]);
    let died = laws(&judged).iter().find(|law| text(law, "got").contains("stack overflowed")).unwrap();
    assert!(text(died, "with").starts_with("x = "), "{judged:#}");
}

#[test]
fn each_file_that_cannot_be_read_says_why_and_reset_brings_it_back() {
    let repository = repository();
    repository.solve(&[]);
    let good = fs::read(repository.path(KATAS)).unwrap();
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(repository.katas().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin1 = [b"// caf\xe9\n".as_slice(), &good].concat();
    for (bytes, says) in [
        (Some(vec![]), "is empty"),
        (None, "is not there"),
        (Some(utf16), "UTF-16"),
        (Some(latin1), "line 1 has the byte 0xE9"),
    ] {
        match &bytes {
            Some(bytes) => fs::write(repository.path(KATAS), bytes).unwrap(),
            None => fs::remove_file(repository.path(KATAS)).unwrap(),
        }
        let said = repository.kata(&["test", "add"]);
        assert_eq!(said.code, Some(1), "{says}: {said:?}");
        assert!(said.out.contains(says) && !said.out.contains("git restore"), "{says}: {said:?}");
        assert_eq!(states(&repository.json(&["test", "m01"])), ["does not compile"; 3]);
        assert_eq!(repository.kata(&["reset", "add"]).code, Some(0));
        let said = repository.kata(&["test", "add"]);
        assert!(said.out.contains("not written yet"), "{says}: {said:?}");
    }
}

#[test]
fn documentation_is_no_learners_duty() {
    let repository = repository();
    repository.solve(&[
        ("//! Two katas on numbers and one on a type.\n", ""),
        ("/// Counts how often it was asked.\n", ""),
        ("fn both", "pub fn both"),
    ]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["holds"; 3]);
}

#[test]
fn the_learners_own_words_are_shown_for_the_counterexample_only() {
    let repository = repository();
    let wrong = "    println!(\"x is {x}\");\n    dbg!(y);\n    if x > 2.0 { 0.5 } else { x + y }\n";
    repository.solve(&[("    both(x, y)\n", wrong)]);
    for nextest in [None, Some("")] {
        let mut command = repository.command(&["test", "add", "--json"]);
        let output = command.envs(nextest.map(|it| ("KATAS_NEXTEST", it))).output().unwrap();
        let judged: Value = serde_json::from_slice(&output.stdout).unwrap();
        let broken = laws(&judged).iter().find(|law| law["status"] == "broken").unwrap();
        let printed = text(broken, "printed");
        assert!(printed.matches("x is ").count() == 1 && printed.contains("y = "), "{judged:#}");
    }
    let said = repository.kata(&["test", "add"]);
    assert!(said.out.contains("printed by your code"), "{}", said.out);
}

#[test]
fn a_todo_in_one_branch_names_its_line_and_the_input_that_got_there() {
    let repository = repository();
    repository.solve(&[("    x + y\n", "    if x > 2.0 { todo!() } else { x + y }\n")]);
    let said = repository.kata(&["test", "add"]);
    for part in ["x = ", "todo!()", "numbers.rs:36"] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    assert!(!said.out.contains("replace todo!()"), "{}", said.out);
}

#[test]
fn work_on_one_kata_costs_its_neighbours_nothing() {
    let repository = repository();
    repository.solve(&[]);
    repository.kata(&["test", "m01"]);
    let standing = || -> Vec<String> {
        let all = repository.json(&["list"]);
        let states = all["katas"].as_array().unwrap().iter();
        states.map(|kata| kata["state"].as_str().unwrap_or("unknown").to_owned()).collect()
    };
    assert_eq!(standing(), ["holds"; 3]);
    repository.solve(&[("Ok(x / 2.0)", "Ok(x * 0.5)")]);
    assert_eq!(standing(), ["holds", "unknown", "holds"]);
    // What a kata calls is part of it.
    repository.solve(&[("    x + y\n", "    y + x\n")]);
    assert_eq!(standing(), ["unknown", "holds", "holds"]);
}

#[test]
fn an_update_of_the_laws_leaves_solved_what_was_solved() {
    let repository = repository();
    repository.solve(&[]);
    repository.kata(&["test", "m01"]);
    let laws = fs::read_to_string(repository.path("tests/m01_linear_algebra/numbers/add.rs")).unwrap();
    repository.write("tests/m01_linear_algebra/numbers/add.rs", &format!("{laws}\n"));
    let said = repository.kata(&["list"]);
    assert!(
        said.out.contains("✓ add") && said.out.contains("1 of them held with an earlier version"),
        "{}",
        said.out
    );
    repository.write("tests/m01_linear_algebra/numbers/add.rs", &laws);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_and_a_closed_pipe_is_not() {
    let repository = repository();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    for arguments in [&["list"][..], &["--help"]] {
        let output = repository.command(arguments).stdout(full.try_clone().unwrap()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{said}");
        assert!(said.contains("cannot write to standard output") && !said.contains("panicked"), "{said}");
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = repository.command(&["list"]).stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{output:?}");
}
