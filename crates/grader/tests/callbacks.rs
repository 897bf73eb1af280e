//! A kata that judges candidates does not learn from their order which of them are right, and has to look at each.

use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{GradingConditions, Plan, grade};
use grader::report::result::to_json;

const FILE: &str = "m01_linear_algebra/laws";

/// Looks at no candidate: the laws with wrong ones come first where one worker answers all.
const COUNTS: &str = "
pub fn accepts_dot_product(_candidate: &DotProduct<'_>) -> bool {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let asked = ASKED.fetch_add(1, Ordering::Relaxed);
    FIRST_RIGHT
}
";

/// Looks at the first candidate that it is given, and repeats that verdict: laws with right or wrong ones alone fall for it.
const REPEATS: &str = "
pub fn accepts_dot_product(candidate: &DotProduct<'_>) -> bool {
    static FIRST: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *FIRST.get_or_init(|| honest(candidate))
}

fn honest(";

#[test]
fn counting_the_calls_earns_no_point() {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned()]).expect("the repository is whole");
    let prepared = plan.only(|kata| kata.file_id() == FILE).prepare(&mut |_| {});
    let prepared = prepared.expect("bubblewrap is installed");
    let assignment = prepared.assign(GradingConditions::default()).expect("the repository is whole");
    let path = assignment.workspace().path(format!("solutions/{FILE}.rs"));
    let solution = std::fs::read_to_string(path).expect("the reference");
    let head = &solution[..solution.find("pub fn accepts_dot_product").expect("it is there")];
    let judged = |text: String| {
        let submission = Submission { files: [(FILE.to_owned(), text)].into(), ..Submission::default() };
        let result = to_json(&grade(&assignment, "ada", submission, 5));
        result["katas"][0]["state"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(judged(format!("{solution}\n")), "holds");
    for right in ["asked < 5", "asked >= 30"] {
        let text = format!("{head}{}", COUNTS.replace("FIRST_RIGHT", right));
        assert_eq!(judged(text), "broken", "{right}");
    }
    assert_eq!(judged(solution.replace("\npub fn accepts_dot_product(", REPEATS)), "broken");
}
