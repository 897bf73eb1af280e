use std::fs;

use engine::source::Source;
use serde_json::Value;

use crate::ground::{Ground, state};

const FILE: &str = "boss/serve";
/// What its reference calls.
const CALLED: &str = "boss/requests";

/// What a mistake of the compiler makes possible in safe Rust, and no rule of the scan sees: the token is searched for in
/// the heap, a verdict is written for each law, and the process ends before its own is.
const FORGED: &str = include_str!("../attacks_serve/forged_with_the_token.rs");

/// The reference, with that in place of `app`; it has a verdict for each law.
fn forged(ground: &Ground) -> String {
    let known = fs::read_to_string(ground.workspace.target().join("grader-in-process/reference.json"));
    let known: Value = serde_json::from_str(&known.expect("the reference was tried out")).expect("JSON");
    let laws = known["drawn"].as_object().expect("laws").iter();
    let laws = laws.filter(|(law, _)| law.contains("::app::"));
    let held = |(law, cases): (&String, &Value)| {
        format!("{{\"test\":\"{law}\",\"law\":\"\",\"status\":\"held\",\"cases\":{cases}}}")
    };
    let verdicts: Vec<String> = laws.map(held).collect();
    assert!(verdicts.len() > 5, "{verdicts:?}");
    let solution = ground.solution(FILE);
    let span = Source::new(&solution).function("app").expect("it is there").span.clone();
    // What it says of itself and what is expected of it stands at the beginning of a file only.
    let lines = FORGED.lines().skip_while(|line| line.starts_with("//!"));
    let code: String = lines.map(|line| format!("{line}\n")).collect();
    let forged = code.replace("VERDICTS", &format!("{verdicts:?}"));
    format!("{}{forged}{}", &solution[..span.start], &solution[span.end..])
}

#[test]
fn a_verdict_that_does_not_depend_on_the_answers_is_none() {
    let mut ground = Ground::of(FILE, Some("boss"));
    // The reference keeps all its points.
    let called = (CALLED.to_owned(), ground.solution(CALLED));
    let judged = ground.judge([called.clone(), (FILE.to_owned(), ground.solution(FILE) + "\n")].into());
    assert!(judged.values().all(|it| state(Some(it)) == "holds"), "{judged:?}");
    let files = [called, (FILE.to_owned(), forged(&ground))];
    let judged = ground.judge(files.clone().into());
    let app = judged.get("boss/serve/app");
    assert_eq!(state(app), "broken", "{app:?}");
    assert!(format!("{app:?}").contains("also held when every answer was made wrong"), "{app:?}");
    // Without the counter-check it would have had the point.
    ground.in_process = ground.in_process.without_counter_check();
    let judged = ground.judge(files.into());
    println!("without the counter-check: {}", state(judged.get("boss/serve/app")));
}
