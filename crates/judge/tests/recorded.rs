//! How laws end: each ignored test below is a law with a flaw of one kind, run in a process of its own, and the record
//! that it leaves is looked at.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use std::{env, fs, thread};

use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rounding};
use kit::InputError;
use serde_json::Value;

fn double(x: f64) -> f64 {
    x + x
}

#[test]
#[ignore = "run by its_record_says_that_it_holds"]
fn a_true_law() {
    for_all("x", any::eighth()).holds(|&x| close("double(x)", double(x), 2.0 * x, rounding(1, x), ""));
}

#[test]
#[ignore = "run by a_counterexample_is_shrunk_to_what_one_can_follow"]
fn a_false_law() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| equal("x.len()", x.len(), y.len() / 2, "look here"));
}

#[test]
#[ignore = "run by a_panic_is_named_with_its_place"]
fn a_panic() {
    for_all("x", any::vector(0..=3)).holds(|x| equal("x[0]", x[0], x[0], ""));
}

#[test]
#[ignore = "run by a_stub_is_not_written_yet"]
fn a_stub() {
    for_all("x", any::eighth()).holds(|_| todo!());
}

#[test]
#[ignore = "run by an_endless_call_is_left_behind_with_its_input"]
fn an_endless_call() {
    for_all("n", 0..9_u32).within_seconds(1).holds(|&n| {
        let mut left = n;
        while left > 3 {
            thread::yield_now();
            left = n;
        }
        Ok(())
    });
}

#[test]
#[ignore = "run by each_of_several_answers_has_the_whole_time"]
fn three_slow_answers() {
    for_all("n", 0..9_u32).cases(1).within_seconds(1).holds(|_| {
        (0..3).try_for_each(|_| {
            thread::sleep(Duration::from_millis(600));
            ensure(true, || Broken::answer("", "", ""))
        })
    });
}

thread_local!(static CALLS: Cell<u32> = const { Cell::new(0) });

#[test]
#[ignore = "run by a_kata_with_a_memory_is_found_out"]
fn a_memory() {
    for_all("x", any::eighth()).holds(|_| {
        CALLS.set(CALLS.get() + 1);
        ensure(CALLS.get() != 5, || Broken::answer("the fifth call differs", "", ""))
    });
}

thread_local!(static ASKED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) });

#[test]
#[ignore = "run by a_kata_that_answers_otherwise_when_asked_again_is_found_out"]
fn a_second_answer() {
    // No two of these inputs are alike, so only asking again shows it.
    for_all("n", any::seed()).holds(|n| {
        let before = ASKED.with_borrow_mut(|asked| {
            let before = asked.contains(n);
            asked.push(*n);
            before
        });
        equal("echo(n)", n.wrapping_add(u64::from(before)), *n, "")
    });
}

#[test]
#[ignore = "run by a_rejection_is_explained"]
fn a_rejection() {
    example(|| Err::<f64, _>(InputError::TooFew { got: 0, wanted: 1 }).accepted("mean([])").map(drop));
}

#[test]
#[ignore = "run by data_that_are_damaged_blame_no_answer"]
fn damaged_data() {
    example(|| Err::<f64, _>(InputError::TooFew { got: 0, wanted: 1 }).given("the files of MNIST").map(drop));
}

/// Runs one of the tests above and reads its record.
fn record_of(test: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("a folder for the record");
    let program = env::current_exe().expect("this program");
    let run = Command::new(program)
        .args(["--exact", test, "--ignored"])
        .envs([("KATAS_VERDICTS", folder.to_str().expect("a plain path")), ("PROPTEST_RNG_SEED", "1")])
        .output()
        .expect("this program runs");
    let record = fs::read_to_string(folder.join(format!("{test}.json"))).expect("the law left a record");
    let record: Value = serde_json::from_str(&record).expect("the record is JSON");
    assert_eq!(run.status.success(), record["status"] == "held", "the exit code and the record agree");
    record
}

#[test]
fn each_of_several_answers_has_the_whole_time() {
    assert_eq!(record_of("three_slow_answers")["status"], "held");
}

#[test]
fn its_record_says_that_it_holds() {
    let record = record_of("a_true_law");
    assert_eq!((&record["status"], &record["law"]), (&"held".into(), &"a true law".into()));
    assert_eq!((&record["cases"], &record["got"]), (&256.into(), &"".into()));
}

#[test]
fn a_counterexample_is_shrunk_to_what_one_can_follow() {
    let record = record_of("a_false_law");
    assert_eq!((&record["status"], &record["with"]), (&"broken".into(), &"x = [0.0]\ny = [0.0]".into()));
    assert_eq!(record["got"], "x.len() = 1");
    assert_eq!((&record["want"], &record["look"]), (&"0".into(), &"look here".into()));
}

#[test]
fn a_panic_is_named_with_its_place() {
    let record = record_of("a_panic");
    assert_eq!((&record["status"], &record["with"]), (&"broken".into(), &"x = []".into()));
    assert_eq!(record["got"], "a panic: index out of bounds: the len is 0 but the index is 0");
    assert!(record["look"].as_str().is_some_and(|place| place.contains("recorded.rs:")), "{record}");
}

#[test]
fn a_stub_is_not_written_yet() {
    let record = record_of("a_stub");
    assert_eq!((&record["status"], &record["with"]), (&"todo".into(), &"".into()));
    assert_eq!(record["got"], "todo!(): not written yet");
}

#[test]
fn an_endless_call_is_left_behind_with_its_input() {
    let record = record_of("an_endless_call");
    assert_eq!((&record["status"], &record["got"]), (&"timeout".into(), &"no answer within 1 s".into()));
    assert!(record["with"].as_str().is_some_and(|with| with.starts_with("n = ")), "{record}");
}

#[test]
fn a_kata_with_a_memory_is_found_out() {
    let record = record_of("a_memory");
    assert_eq!(record["want"], "the same answer to the same input");
}

#[test]
fn a_rejection_is_explained() {
    let record = record_of("a_rejection");
    assert_eq!(record["got"], "mean([]) = Err(TooFew { got: 0, wanted: 1 })");
    assert_eq!(
        record["look"],
        "It rejects what the documentation allows. Its reason: got 0 values, at least 1 needed."
    );
}

#[test]
fn a_kata_that_answers_otherwise_when_asked_again_is_found_out() {
    let record = record_of("a_second_answer");
    assert_eq!(record["status"], "broken");
    let got = record["got"].as_str().unwrap_or_default();
    assert!(got.starts_with("right at first, and in a later call with the same input: echo(n) = "), "{got}");
}

#[test]
fn data_that_are_damaged_blame_no_answer() {
    let record = record_of("damaged_data");
    assert_eq!(record["status"], "unjudged");
    assert_eq!(record["got"], "got 0 values, at least 1 needed");
    assert!(
        record["look"].as_str().is_some_and(|look| look.starts_with("The data are at fault")),
        "{record}"
    );
}
