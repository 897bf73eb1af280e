//! Whose fault a failure is: a file costs only its own katas, and what goes wrong on our side costs a learner nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{Assignment, GradingConditions, Plan, Timeouts, grade};
use grader::report::result::to_json;
use grader::sandbox::RepositoryLock;
use grader::scan::Mode;
use protocol::SubmissionVerdict;

const BAD: &str = "m01_linear_algebra/vectors";
/// It calls no kata of the other file.
const GOOD: &str = "m01_linear_algebra/transforms";

/// It calls katas of the first file.
const CALLER: &str = "m01_linear_algebra/matrices";

/// One grader per repository, also among these tests.
static ALONE: Mutex<()> = Mutex::new(());

fn assignment(scan: Mode) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned()]).expect("the repository is whole");
    let plan = plan.only(|kata| [BAD, GOOD, CALLER].contains(&kata.file_id()));
    let prepared = plan.prepare(&mut |_| {}).expect("bubblewrap is installed");
    let timeouts = Timeouts { compiler: 8, call: Some(1) };
    prepared.assign(GradingConditions { seed: 1, scan, timeouts }).expect("the repository is whole")
}

fn solution(assignment: &Assignment, id: &str) -> String {
    fs::read_to_string(assignment.workspace().path(format!("solutions/{id}.rs"))).expect("the reference")
}

/// The verdict on the reference of two files, of which one also has this text in it; and the states of their katas, each
/// state once.
fn judged(assignment: &Assignment, change: &dyn Fn(String) -> String) -> (SubmissionVerdict, [String; 2]) {
    judged_with(assignment, GOOD, change)
}

fn judged_with(
    assignment: &Assignment,
    other: &str,
    change: &dyn Fn(String) -> String,
) -> (SubmissionVerdict, [String; 2]) {
    let (bad, good) = (change(solution(assignment, BAD)), solution(assignment, other));
    let files = [(BAD.to_owned(), bad), (other.to_owned(), good)].into();
    let graded = grade(assignment, "ada", Submission { files, ..Submission::default() }, 4);
    let result = to_json(&graded);
    let katas = result["katas"].as_array().expect("a list");
    let states = [BAD, other].map(|file| {
        let ours = katas.iter().filter(|it| it["kata"].as_str().is_some_and(|id| id.starts_with(file)));
        let mut states: Vec<&str> = ours.filter_map(|it| it["state"].as_str()).collect();
        states.sort_unstable();
        states.dedup();
        states.join(", ")
    });
    println!("{states:?}, {:.1} s, {:?}", graded.seconds, graded.error);
    (graded.verdict(), states)
}

fn appended(text: &str) -> impl Fn(String) -> String {
    move |solution| format!("{solution}\n{text}\n")
}

#[test]
fn no_error_text_makes_a_failure_the_grader_s() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Advise);
    let does_not_compile = ["does not compile", "holds"].map(ToOwned::to_owned);
    for text in [
        "#[link(name = \"No space left on device\")]\nunsafe extern \"C\" {}",
        "const _: () = panic!(\"No space left on device\");",
        "compile_error!(\"can't find crate for `wire`\");",
        "#[unsafe(no_mangle)]\npub extern \"C\" fn main() {}",
        "#[diagnostic::on_unimplemented(message = \"No space left on device\")]\ntrait Full {}\n\
         fn full<T: Full>() {}\nconst _: fn() = full::<u8>;",
        "const _: [(); 1] = [(); \"error: linking with `cc` failed\".len()];",
    ] {
        let expected = (SubmissionVerdict::Graded, does_not_compile.clone());
        assert_eq!(judged(&assignment, &appended(text)), expected, "{text}");
    }
    // It compiles now and then; whatever comes of it, only its own katas lose.
    let clock = "const CLOCK: &[u8] = include_bytes!(\"/proc/uptime\");\n\
                 const _: () = assert!(CLOCK[CLOCK.len() - 2] % 2 == 0);";
    let (verdict, [_, good]) = judged(&assignment, &appended(clock));
    assert_eq!((verdict, good.as_str()), (SubmissionVerdict::Graded, "holds"));
}

#[test]
fn a_file_that_calls_the_one_at_fault_is_judged() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Advise);
    let other_type = |solution: String| {
        let head = "pub fn dot(x: &[f64], y: &[f64]) -> Result<f64, InputError> {";
        assert!(solution.contains(head));
        let mine = head.replace("pub fn dot", "fn mine");
        solution.replace(head, &format!("pub fn dot(_: &[f64], _: &[f64]) {{}}\n{mine}"))
    };
    // Its katas that call the stub are as far as the stub is; errors pointed to both files.
    let states = ["does not compile", "holds, not written"].map(ToOwned::to_owned);
    assert_eq!(judged_with(&assignment, CALLER, &other_type), (SubmissionVerdict::Graded, states));
}

/// The constructor runs in every worker that it is linked into, whether a kata of its file is called or not.
const CONSTRUCTOR: &str = "#[used]\n#[unsafe(link_section = \".init_array\")]\n\
                           static BEGIN: extern \"C\" fn() = begin;\n\
                           extern \"C\" fn begin() { std::process::exit(0) }";

#[test]
fn a_rejected_file_runs_nowhere() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Enforce);
    let expected = ["against the rules", "holds"].map(ToOwned::to_owned);
    let (verdict, states) = judged(&assignment, &appended(CONSTRUCTOR));
    assert_eq!((verdict, states), (SubmissionVerdict::Graded, expected));
    // Inside of a kata, only that kata is rejected, and its text goes with it.
    let inside = |solution: String| {
        let at = solution.find("pub fn dot(").expect("it has a dot product");
        let body = at + solution[at..].find("{\n").expect("it has a body") + 2;
        format!("{}{CONSTRUCTOR}\n{}", &solution[..body], &solution[body..])
    };
    let expected = ["against the rules, holds", "holds"].map(ToOwned::to_owned);
    assert_eq!(judged(&assignment, &inside), (SubmissionVerdict::Graded, expected));
}

#[test]
fn a_library_that_is_gone_is_the_fault_of_the_grader() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Advise);
    let deps = assignment.folder().join("m01_linear_algebra/deps");
    let entries = fs::read_dir(&deps).expect("the libraries").flatten().map(|it| it.path());
    let gone: Vec<PathBuf> = entries.filter(|it| it.to_string_lossy().contains("libnalgebra-")).collect();
    assert!(!gone.is_empty());
    gone.iter().for_each(|it| fs::remove_file(it).expect("it is there"));
    let (verdict, states) = judged(&assignment, &appended("// mine"));
    assert_eq!(verdict, SubmissionVerdict::GraderError);
    assert_eq!(states, ["not judged", "not judged"]);
}

#[test]
fn a_second_grader_touches_nothing() {
    let _guard = ALONE.lock();
    let workspace = Workspace::find().expect("the tests run in the repository");
    let folder = workspace.target().join("grader");
    let lock = RepositoryLock::acquire(&folder).expect("no grader is at work");
    let marker = folder.join("m01_linear_algebra/deps/marker");
    fs::create_dir_all(folder.join("m01_linear_algebra/deps")).expect("a folder");
    fs::write(&marker, "").expect("a file");
    let submission = workspace.path("solutions");
    let out = std::env::temp_dir().join(format!("katas-second-{}", std::process::id()));
    let second = second_grader(&submission, &out);
    assert!(second.contains("another grader is at work"), "{second}");
    assert!(marker.exists(), "the second grader made the libraries anew");
    drop(lock);
    // It would be taken for a library that changed.
    fs::remove_file(marker).expect("it is there");
    // What is kept there is the seed at most.
    let _ = fs::remove_dir_all(out);
}

fn second_grader(submission: &Path, out: &Path) -> String {
    let grader = std::env::var_os("KATAS_GRADER").unwrap_or_else(|| env!("CARGO_BIN_EXE_grader").into());
    let mut command = Command::new(grader);
    command.arg(submission).args(["--single", "--milestone", "m01", "--out"]).arg(out);
    let output = command.output().expect("the grader runs");
    assert_eq!(output.status.code(), Some(3));
    String::from_utf8_lossy(&output.stderr).into_owned()
}
