//! The right thing is blamed, the learner's own words are shown, and what was solved stays solved.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;

use repository::shared::{KATAS, laws, shared, states, text};
use repository::{Repository, SOLUTION};
use serde_json::Value;

#[test]
fn each_file_that_cannot_be_read_says_why_and_reset_brings_it_back() {
    let repository = shared("care");
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
    let repository = shared("care");
    repository.solve(&[
        ("//! Two katas on numbers and one on a type.\n", ""),
        ("/// Counts how often it was asked.\n", ""),
        ("fn both", "pub fn both"),
    ]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["holds"; 3]);
}

#[test]
fn the_learners_own_words_are_shown_for_the_counterexample_only() {
    let repository = shared("care");
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
    let repository = shared("care");
    repository.solve(&[("    x + y\n", "    if x > 2.0 { todo!() } else { x + y }\n")]);
    let said = repository.kata(&["test", "add"]);
    for part in ["x = ", "todo!()", "numbers.rs:36"] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    assert!(!said.out.contains("replace todo!()"), "{}", said.out);
}

#[test]
fn work_on_one_kata_costs_its_neighbors_nothing() {
    let repository = shared("care");
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
    // So is what a `use` brings in, and a module that it brings it from.
    let through = |operation: &str| {
        let module = [
            "use helpers::plus;\nmod helpers {\n    pub fn plus(a: f64, b: f64) -> f64 {\n        a ",
            operation,
            " b\n    }\n}\n\nfn both",
        ]
        .concat();
        repository.solve(&[("    x + y\n", "    plus(x, y)\n"), ("fn both", module.as_str())]);
    };
    through("+");
    repository.kata(&["test", "m01"]);
    assert_eq!(standing(), ["holds"; 3]);
    through("-");
    assert_eq!(standing(), ["unknown", "holds", "holds"]);
}

#[test]
fn a_text_that_was_replaced_comes_back() {
    let repository = Repository::new("restored");
    repository.solve(&[]);
    let path = repository.path("katas/m01_linear_algebra/numbers.rs");
    let solved = fs::read_to_string(&path).unwrap();
    assert_eq!(repository.json(&["restore"])["backups"], serde_json::json!([]));
    repository.kata(&["reset", "numbers"]);
    let stub = fs::read_to_string(&path).unwrap();
    assert!(stub != solved && repository.kata(&["restore"]).out.contains("numbers.rs"));
    assert_eq!(repository.kata(&["restore", "1"]).code, Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), solved);
    // What was there is kept as well.
    assert_eq!(repository.json(&["restore"])["backups"].as_array().map(Vec::len), Some(2));
    assert_eq!(repository.kata(&["restore", "9"]).code, Some(2));
}

#[test]
fn an_update_of_the_laws_leaves_solved_what_was_solved() {
    let repository = shared("care");
    repository.solve(&[]);
    repository.kata(&["test", "m01"]);
    let laws = fs::read_to_string(repository.path("tests/m01_linear_algebra/numbers/add.rs")).unwrap();
    repository.write("tests/m01_linear_algebra/numbers/add.rs", &format!("{laws}\n"));
    let says = |what: &str| {
        let said = repository.kata(&["list"]).out;
        assert!(said.contains("★★ add") && said.contains(what), "{said}");
    };
    says("1 of them held with an earlier version");
    repository.write("tests/m01_linear_algebra/numbers/add.rs", &laws);
    // What laws share is a part of all of them.
    for helper in ["tests/m01_linear_algebra/numbers/draw.rs", "tests/m01_linear_algebra/draw.rs"] {
        repository.write(helper, "\n");
        says("3 of them held with an earlier version");
        fs::remove_file(repository.path(helper)).unwrap();
    }
}

#[test]
fn what_was_proved_is_proved_again_if_it_depends_on_a_change() {
    let repository = shared("care");
    repository.write(KATAS, &engine::outline::outline(SOLUTION));
    let as_before = |more: &[&str]| {
        let said = repository.json(&[&["verify", "--only", "stubs"], more].concat());
        assert_eq!(said["failed"], 0, "{said:#}");
        said["checks"][0]["as_before"].as_u64().unwrap()
    };
    // Cargo takes from the lock file what this small repository does not need.
    as_before(&[]);
    as_before(&[]);
    assert_eq!(as_before(&[]), 3);
    assert_eq!(as_before(&["--all"]), 0);
    assert_eq!(as_before(&["--seeds", "2"]), 0);
    // What is written about katas, and what belongs to another milestone, decides nothing.
    for below in ["README.md", "book/src/m01.md", "tests/m02_statistics/draw.rs"] {
        repository.write(below, "//! Something else.\n");
        assert_eq!(as_before(&[]), 3, "{below}");
        fs::remove_file(repository.path(below)).unwrap();
    }
    for below in
        ["tests/m01_linear_algebra/draw.rs", "specimens/m01_linear_algebra/numbers/half.rs", "katas/lib.rs"]
    {
        let text = fs::read_to_string(repository.path(below)).unwrap_or_default();
        repository.write(below, &format!("{text}\n"));
        assert_eq!(as_before(&[]), 0, "{below}");
        assert_eq!(as_before(&[]), 3, "{below}");
    }
    for below in ["tests/m01_linear_algebra/draw.rs", "specimens/m01_linear_algebra/numbers/half.rs"] {
        fs::remove_file(repository.path(below)).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_reported_and_a_closed_pipe_is_not() {
    let repository = shared("care");
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
