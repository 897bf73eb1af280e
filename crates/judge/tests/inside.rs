//! What is reported outside of the process.

use std::panic::catch_unwind;
use std::sync::Mutex;

use judge::{any, ensure, for_all};

static REPORTED: Mutex<Vec<(String, u64)>> = Mutex::new(Vec::new());
static SEEN: Mutex<Vec<f64>> = Mutex::new(Vec::new());

fn law_that_holds() {
    for_all("x", any::eighth()).cases(32).holds(|x| {
        SEEN.lock().expect("no one panics").push(*x);
        Ok(())
    });
}

fn law_that_is_broken() {
    for_all("x", any::eighth()).holds(|_| ensure(false, || judge::Broken::answer("no", "yes", "")));
}

#[test]
fn each_verdict_is_reported_with_the_number_of_inputs_that_were_tried() {
    judge::inside::report_to(5, |record| {
        let status = record["status"].as_str().unwrap_or_default().to_owned();
        REPORTED.lock().expect("no one panics").push((status, record["cases"].as_u64().unwrap_or_default()));
    });
    law_that_holds();
    let first = std::mem::take(&mut *SEEN.lock().expect("no one panics"));
    law_that_holds();
    // One in 32 inputs is tried twice in a row, and the first one again after all others.
    assert_eq!((first.len(), first[0], first[0]), (34, first[1], first[33]));
    assert_eq!(first, *SEEN.lock().expect("no one panics"), "the seed decides");
    // Anyone who comes later has no say.
    judge::inside::report_to(6, |_| ());
    assert!(catch_unwind(law_that_is_broken).is_err());
    let reported = REPORTED.lock().expect("no one panics").clone();
    let status: Vec<&str> = reported.iter().map(|(status, _)| status.as_str()).collect();
    assert_eq!((status, reported[0].1, reported[1].1), (vec!["held", "held", "broken"], 32, 32));
}
