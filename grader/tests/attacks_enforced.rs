//! The attacks once more, with the scan enforced: what it sees costs the points of its katas, and what it does not see
//! is judged as if nobody had looked.

use std::fs;
use std::path::Path;

use cargo_kata::source::Source;
use cargo_kata::workspace::Workspace;
use grader::assignment::Assignment;
use grader::grade::grade;
use grader::scan::{Mode, Policy};
use grader::submission::Submission;
use serde_json::Value;

const FILE: &str = "m01_linear_algebra/vectors";

#[test]
fn each_attack_has_its_verdict_with_the_scan_enforced() {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let mut assignment =
        Assignment::prepare(workspace, &["m01".to_owned()], 1, &mut |_| {}).expect("bubblewrap is installed");
    assignment.katas.retain(|kata| kata.file_id() == FILE);
    let katas = assignment.katas.iter().map(|kata| kata.id.as_str());
    assignment.policy = Policy::new(Mode::Enforce, &assignment.workspace, katas).unwrap();
    let only = std::env::var("KATAS_ATTACK").unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let mut fixtures: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    fixtures.sort();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for fixture in fixtures.iter().filter(|it| it.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(fixture).unwrap();
        let line = |word: &str| text.lines().find_map(|line| line.strip_prefix(&format!("//! {word}: ")));
        let (dot, others) = (line("dot").unwrap(), line("others").unwrap());
        let (dot, others) = match line("enforced") {
            None => (dot, others),
            Some("the kata") => ("against the rules", others),
            Some("the file") => ("against the rules", "against the rules"),
            Some(other) => panic!("{}: {other}", fixture.display()),
        };
        let name = fixture.file_stem().unwrap().to_string_lossy().into_owned();
        let graded = grade(&assignment, &name, submission(&assignment, &text), 2);
        let result = graded.to_json();
        seen += usize::from(line("enforced").is_some());
        let found: Vec<_> = graded.findings.iter().map(|it| format!("{}: {}", it.line, it.what)).collect();
        let states: Vec<_> = result["katas"].as_array().unwrap().iter().map(state).collect();
        println!("{name}: {states:?}, {found:?}");
        let fits = |(id, state): &(String, String)| {
            let expected = if id.ends_with("/dot") { dot } else { others };
            expected == "any" || state == expected
        };
        if !states.iter().all(fits) || line("enforced").is_none() != found.is_empty() {
            wrong.push(format!("{name}: {states:?}, {found:?}, {}", result["error"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 15 || !only.is_empty(), "{seen}");
}

fn state(kata: &Value) -> (String, String) {
    let word = |key: &str| kata[key].as_str().unwrap_or_default().to_owned();
    (word("kata"), word("state"))
}

/// The reference, with this text in place of `dot`.
fn submission(assignment: &Assignment, fixture: &str) -> Submission {
    let solution = fs::read_to_string(assignment.workspace.path(format!("solutions/{FILE}.rs")));
    let solution = solution.expect("the reference is there");
    let source = Source::new(&solution);
    let dot = source.function("dot").expect("it has a dot product").span.clone();
    let code: String =
        fixture.lines().skip_while(|line| line.starts_with("//!")).map(|it| format!("{it}\n")).collect();
    let text = format!("{}{code}{}", &solution[..dot.start], &solution[dot.end..]);
    Submission { files: [(FILE.to_owned(), text)].into(), ignored: Vec::new() }
}
