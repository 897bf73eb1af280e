use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use engine::source::Source;

use crate::ground::{FILE, Ground, state};

/// The reference, with this text in place of the kata.
fn submission(ground: &Ground, fixture: &str) -> String {
    let solution = ground.solution(FILE);
    let source = Source::new(&solution);
    let kata = source.function("cross_entropy").expect("it is there").span.clone();
    let code: String =
        fixture.lines().skip_while(|line| line.starts_with("//!")).map(|it| format!("{it}\n")).collect();
    format!("{}{code}{}", &solution[..kata.start], &solution[kata.end..])
}

/// Tries the fixtures out that say what comes of them behind this word.
fn try_all(ground: &Ground, word: &str, least: usize) {
    let only = env::var("KATAS_ATTACK").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks_in_process");
    let mut fixtures: Vec<_> =
        fs::read_dir(folder).expect("it is there").map(|it| it.expect("it is there").path()).collect();
    fixtures.sort();
    let (mut tried, mut wrong) = (0, Vec::new());
    for fixture in fixtures.iter().filter(|it| it.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(fixture).expect("it is there");
        let Some(expected) = text.lines().find_map(|line| line.strip_prefix(&format!("//! {word}: "))) else {
            continue;
        };
        if text.lines().any(|line| line == "//! slow") && only.is_empty() {
            continue;
        }
        let (name, began) = (fixture.file_stem().expect("it is there").to_string_lossy(), Instant::now());
        let judged = ground.judge([(FILE.to_owned(), submission(ground, &text))].into());
        let found = judged.get(&format!("{FILE}/cross_entropy"));
        println!("{word}: {name}: {}, {:.1} s", state(found), began.elapsed().as_secs_f64());
        tried += 1;
        if state(found) != expected {
            wrong.push(format!("{name}: {found:?}, {expected} expected"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(tried >= least || !only.is_empty(), "{tried}");
}

#[test]
fn no_point_is_unearned() {
    let mut ground = Ground::new();
    try_all(&ground, "scanned", 20);
    // What the scan does not see earns nothing either.
    ground.in_process = ground.in_process.without_scan();
    try_all(&ground, "unscanned", 10);
}
