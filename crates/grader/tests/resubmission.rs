//! A submission that comes again: milestones that are as they were are neither compiled nor judged again, and their
//! verdicts are the same.

use std::collections::BTreeMap;
use std::fs;

use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{Assignment, GradingConditions, Plan, Timeouts, grade, grade_again};
use grader::report::result::to_json;
use serde_json::{Value, json};

const SLOT: usize = 7;

fn submission(assignment: &Assignment) -> BTreeMap<String, String> {
    let read = |id: &String| fs::read_to_string(assignment.workspace().path(format!("solutions/{id}.rs")));
    let mut files: BTreeMap<String, String> =
        assignment.stubs().keys().map(|id| (id.clone(), read(id).expect("a solution"))).collect();
    // Its verdict has inputs and words.
    let vectors = files.get_mut("m01_linear_algebra/vectors").expect("it is graded");
    *vectors = vectors.replacen("check::same_length(x.len(), y.len())?;", "", 1);
    files
}

fn of(files: &BTreeMap<String, String>) -> Submission {
    Submission { files: files.clone(), ..Submission::default() }
}

/// Grades after an earlier result, and says which milestones were compiled.
fn again(assignment: &Assignment, files: &BTreeMap<String, String>, earlier: &Value) -> (Value, Vec<String>) {
    let folder = assignment.folder().join(format!("slot-{SLOT}"));
    let _ = fs::remove_dir_all(&folder);
    let result = to_json(&grade_again(assignment, "ada", of(files), SLOT, earlier));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut compiled: Vec<String> = entries.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    compiled.sort();
    (result, compiled)
}

fn assignment(seed: u64) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned(), "m06".to_owned()]).expect("the repository is whole");
    let prepared = plan.prepare(&mut |_| {}).expect("bubblewrap is installed");
    let conditions =
        GradingConditions { seed, timeouts: Timeouts::default(), ..GradingConditions::default() };
    prepared.assign(conditions).expect("the repository is whole")
}

#[test]
fn what_did_not_change_is_taken_over_and_nothing_else() {
    let first = assignment(11);
    let mut files = submission(&first);
    let result = to_json(&grade(&first, "ada", of(&files), SLOT));
    let broken =
        result["katas"].as_array().expect("a list").iter().filter(|it| it["state"] == "broken").count();
    assert!(broken > 0 && result["points"].as_f64() > Some(20.0), "{broken} broken, {}", result["points"]);

    let (same, compiled) = again(&first, &files, &result);
    assert_eq!(compiled, Vec::<String>::new(), "nothing changed");
    assert_eq!((&same["katas"], &same["stamp"]), (&result["katas"], &result["stamp"]));

    *files.get_mut("m06_perceptron/neuron").expect("it is graded") += "\n// mine\n";
    let (other, compiled) = again(&first, &files, &result);
    assert_eq!(compiled, ["m06_perceptron"]);
    assert_eq!(other["katas"], result["katas"], "a comment changes no verdict");
    assert_ne!(other["stamp"], result["stamp"]);

    let mut unsure = result.clone();
    unsure["katas"][0]["state"] = json!("grader error");
    assert_eq!(again(&first, &submission(&first), &unsure).1, ["m01_linear_algebra"]);
    // What somebody wrote over a result is not believed where it does not fit together.
    let mut forged = result.clone();
    let dot = forged["katas"].as_array_mut().expect("a list").iter_mut().find(|it| it["state"] == "broken");
    dot.expect("one is broken")["state"] = json!("holds");
    assert_eq!(again(&first, &submission(&first), &forged).1, ["m01_linear_algebra"]);
    drop(first);

    let second = assignment(11);
    assert_eq!(again(&second, &submission(&second), &result).1, Vec::<String>::new(), "another run");
    drop(second);
    let all = ["m01_linear_algebra", "m06_perceptron"];
    assert_eq!(again(&assignment(12), &files, &result).1, all, "another seed");
}
