//! Judging a learner's katas, with nextest and without.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod repository;

use std::fs;
use std::path::Path;
use std::time::Instant;

use repository::Repository;
use repository::shared::{shared, states};
use serde_json::Value;

#[test]
fn stubs_are_not_written_and_solutions_hold() {
    let repository = shared("verdicts");
    repository.kata(&["reset", "numbers"]);
    let said = repository.kata(&[]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("numbers/add  not written yet"), "{said:?}");
    assert!(said.out.contains("katas/m01_linear_algebra/numbers.rs:8"), "{said:?}");
    repository.solve(&[]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["holds"; 3]);
    let said = repository.kata(&[]);
    assert!(said.code == Some(0) && said.out.contains("3 of 3 katas"), "{said:?}");
}

#[test]
fn a_broken_law_is_reported_in_plain_words_with_the_belief_behind_it() {
    let repository = shared("verdicts");
    repository.solve(&[("both(x, y)\n", "1.0 + 0.0 * (x + y)\n")]);
    let said = repository.kata(&["test", "add"]);
    assert_eq!(said.code, Some(1));
    for part in
        ["✗ it is the sum", "got    add(x, y) = 1.0", "look   Put them together.", "there is always one more"]
    {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    repository.solve(&[("both(x, y)\n", "x - y\n")]);
    let said = repository.kata(&["test", "add"]);
    assert!(said.out.contains("1 of 2 laws hold") && !said.out.contains("one more"), "{}", said.out);
}

#[test]
fn core_laws_solve_a_kata_and_robust_laws_earn_the_second_star() {
    let repository = shared("verdicts");
    let path = "tests/m01_linear_algebra/numbers/half.rs";
    let laws = fs::read_to_string(repository.path(path)).unwrap();
    let robust = "mod robust {\n    use super::*;\n    #[test]\n    fn half_of_a_lot_is_finite() {\n        \
                  example(|| close(\"half(MAX)\", half(f64::MAX).accepted(\"half(MAX)\")?, f64::MAX / 2.0, \
                  0.0, \"No sum on the way.\"));\n    }\n}\n";
    repository.write(path, &format!("{laws}\n{robust}"));
    repository.solve(&[("Ok(x / 2.0)", "Ok((x + x) / 4.0)")]);
    let code = |arguments: &[&str]| repository.kata(arguments).code;
    assert_eq!((code(&["test", "half", "--core"]), code(&["test", "half", "--robust"])), (Some(0), Some(1)));
    let said = repository.kata(&["test", "half"]);
    assert_eq!(said.code, Some(1));
    for part in ["★☆ m01_linear_algebra/numbers/half  solved", "✗ half of a lot is finite", "--robust"]
    {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
    let all = repository.json(&["test", "m01"]);
    assert_eq!((&all["katas"][1]["stars"], &all["katas"][0]["stars"]), (&1.into(), &2.into()));
    // The path leads on; the second star comes when all have their first.
    repository
        .solve(&[("Ok(x / 2.0)", "Ok((x + x) / 4.0)"), ("        self.count += 1;", "        todo!();")]);
    let next = |repository: &Repository| repository.json(&[])["next"].clone();
    assert_eq!(next(&repository), "m01_linear_algebra/numbers/Counter".to_lowercase());
    repository.solve(&[("Ok(x / 2.0)", "Ok((x + x) / 4.0)")]);
    assert_eq!(next(&repository), "m01_linear_algebra/numbers/half");
    repository.write(path, &laws);
}

#[test]
fn a_report_says_what_is_solved_and_asks_no_other_host() {
    let repository = shared("verdicts");
    repository.solve(&[("        self.count += 1;", "        todo!();")]);
    let said = repository.kata(&["report", "--out", "me.html", "--name", "A <b>"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let page = fs::read_to_string(repository.path("me.html")).unwrap();
    for part in ["A &lt;b&gt;", "2 of 3 katas are solved", "<code>add</code>", "The half of a number."] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("http") && !page.contains("<code>counter</code>"), "{page}");
    let report = repository.json(&["report"]);
    assert_eq!((&report["milestones"][0]["solved"], &report["katas"][2]["stars"]), (&2.into(), &0.into()));
    let nowhere = repository.kata(&["report", "--out", "no/such/folder/me.html"]);
    assert_eq!(nowhere.code, Some(3), "{nowhere:?}");
}

#[test]
fn a_kata_that_does_not_compile_costs_only_itself() {
    let repository = shared("verdicts");
    repository.solve(&[("Ok(x / 2.0)", "Ok(\"x\")")]);
    let judged = repository.json(&["test", "m01"]);
    assert_eq!(states(&judged), ["holds", "does not compile", "holds"]);
    let diagnostics = judged["rejected"][0]["diagnostics"].as_str().unwrap();
    assert!(diagnostics.contains("E0308") && diagnostics.contains("katas/m01_linear_algebra/numbers.rs:18"));
    repository.solve(&[("Ok(x / 2.0)", "Ok((x / 2.0)")]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["does not compile"; 3]);
}

#[test]
fn a_kata_that_calls_an_unwritten_one_waits_for_it() {
    let repository = shared("verdicts");
    let calls_half = ("    both(x, y)", "    2.0 * half(both(x, y)).unwrap_or(0.0)");
    // Not written, and then not compiling: for the one that calls it that is the same.
    for half in ["todo!()", "Ok(\"x\")"] {
        repository.solve(&[calls_half, ("Ok(x / 2.0)", half)]);
        let said = repository.kata(&["test", "add"]).out;
        assert!(said.contains("numbers/add  waits for m01_linear_algebra/numbers/half"), "{said}");
        let other = &repository.json(&["test", "add"])["katas"][0]["waits_for"];
        assert_eq!(other, "m01_linear_algebra/numbers/half");
        let said = repository.kata(&["test", "m01"]).out;
        assert!(said.contains("numbers/add  waits for half"), "{said}");
    }
}

#[test]
fn the_settings_of_cargo_hold_where_something_does_not_compile() {
    const LAW: &str = "#[test]
fn the_settings_are_there() {
    judge::example(|| judge::equal(\"SET\", std::env::var(\"SET\").as_deref(), Ok(\"yes\"), \"\"));
}
";
    let repository = shared("verdicts");
    repository.write(".cargo/config.toml", "[env]\nSET = \"yes\"\n");
    repository.write("tests/m01_linear_algebra/numbers/add.rs", LAW);
    repository.solve(&[("Ok(x / 2.0)", "Ok(\"x\")")]);
    assert_eq!(states(&repository.json(&["test", "m01"])), ["holds", "does not compile", "holds"]);
}

/// The learner's answer is right; the law could not ask.
#[test]
fn damaged_data_are_named_and_blame_no_kata() {
    const LAW: &str = "use judge::{Answer, example};

#[test]
fn the_real_set_is_read() {
    let file = || std::fs::read(\"/nowhere/mnist\").map(drop);
    example(move || file().given(\"the files of MNIST\"));
}
";
    let repository = shared("verdicts");
    repository.solve(&[]);
    let laws = "tests/m01_linear_algebra/numbers/half.rs";
    let before = std::fs::read_to_string(repository.path(laws)).unwrap();
    repository.write(laws, LAW);
    let judged = repository.json(&["test", "half"]);
    let said = repository.kata(&["test", "half"]);
    repository.write(laws, &before);
    let law = &judged["katas"][0]["laws"][0];
    assert_eq!(law["status"], "skipped", "{law}");
    assert!(law["look"].as_str().is_some_and(|look| look.contains("os error 2")), "{law}");
    assert!(said.code == Some(3) && said.out.contains("skipped: "), "{said:?}");
}

#[test]
fn a_changed_signature_is_named() {
    let repository = shared("verdicts");
    repository.solve(&[("add(x: f64, y: f64)", "add(x: f64, y: f64, z: f64)")]);
    let judged = repository.json(&["test", "m01"]);
    assert_eq!(states(&judged), ["does not compile", "holds", "holds"]);
    let changed = &judged["rejected"][0]["signatures"][0];
    assert_eq!(changed["must_be"], "pub fn add(x: f64, y: f64) -> f64");
    let said = repository.kata(&["test", "add"]);
    assert!(said.out.contains("must be pub fn add(x: f64, y: f64) -> f64"), "{}", said.out);
}

#[test]
fn nothing_that_ends_the_process_passes() {
    let repository = shared("verdicts");
    repository.solve(&[("both(x, y)\n", "std::process::exit(0)\n"), ("Ok(x / 2.0)", "half(x)")]);
    for nextest in [None, Some("")] {
        let mut command = repository.command(&["test", "m01", "--json"]);
        command.envs(nextest.map(|nextest| ("KATAS_NEXTEST", nextest)));
        let output = command.output().unwrap();
        let judged: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(states(&judged), ["broken", "broken", "holds"], "{judged:#}");
        assert_eq!(judged["katas"][0]["laws"][0]["status"], "crashed");
        assert!(judged["katas"][1]["laws"][0]["got"].as_str().unwrap().contains("stack"), "{judged:#}");
    }
}

#[test]
fn an_endless_loop_ends_with_a_verdict() {
    let repository = shared("verdicts");
    repository.solve(&[("both(x, y)\n", "loop {\n        std::hint::black_box(x + y);\n    }\n")]);
    let began = Instant::now();
    let judged = repository.json(&["test", "m01"]);
    assert_eq!(states(&judged), ["broken", "holds", "holds"]);
    // The other law was held up in the same way, or not waited for.
    let laws = judged["katas"][0]["laws"].as_array().unwrap();
    assert!(laws.iter().any(|law| law["status"] == "timeout"), "{laws:#?}");
    assert!(laws.iter().all(|law| law["status"] == "timeout" || law["status"] == "unjudged"), "{laws:#?}");
    assert!(began.elapsed().as_secs() < 60);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_and_leaves_nothing_behind() {
    let repository = shared("verdicts");
    let marker = repository.path("still-running");
    let body = format!("std::fs::write({marker:?}, \"\").ok();\n    loop {{}}\n");
    repository.solve(&[("both(x, y)\n", &body)]);
    let mut child = repository.command(&["test", "add"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    while !marker.exists() && began.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let process = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    // And nothing is left behind.
    let folder = Path::new(env!("CARGO_BIN_EXE_cargo-kata")).parent().unwrap().join("../kata/verdicts");
    let ours = format!("{}.", child.id());
    let left = std::fs::read_dir(folder).unwrap().flatten();
    assert!(left.into_iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(&ours)));
}
