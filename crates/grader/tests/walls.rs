//! What a submission may bring along, and what it may inherit.

use std::fs;
use std::io::Read;
use std::sync::Mutex;

use engine::problem::Problem;
use engine::source::Source;
use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{Assignment, GradingConditions, Plan, Timeouts, grade, read};
use grader::report::result::to_json;
use grader::sandbox::recreate;
use grader::scan::Mode;
use rustix::io::{FdFlags, fcntl_setfd};
use serde_json::Value;

const FILE: &str = "m01_linear_algebra/vectors";

/// One grader per repository, also among these tests.
static ALONE: Mutex<()> = Mutex::new(());

fn assignment(scan: Mode) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m01".to_owned()]).expect("the repository is whole");
    // The rest of the milestone is not written in any of the fixtures.
    let prepared = plan.only(|kata| kata.file_id() == FILE).prepare(&mut |_| {});
    // What never ends need not run for long; what is right takes a thousandth of this.
    let timeouts = Timeouts { compiler: 3, call: Some(1) };
    let conditions = GradingConditions { seed: 1, scan, timeouts };
    prepared.expect("bubblewrap is installed").assign(conditions).expect("the repository is whole")
}

/// The reference, with this text in place of `dot`.
fn submission(assignment: &Assignment, fixture: &str) -> Submission {
    let solution = fs::read_to_string(assignment.workspace().path(format!("solutions/{FILE}.rs")));
    let solution = solution.expect("the reference is there");
    let source = Source::new(&solution);
    let dot = source.function("dot").expect("it has a dot product").span.clone();
    let code: String =
        fixture.lines().skip_while(|line| line.starts_with("//!")).map(|it| format!("{it}\n")).collect();
    let text = format!("{}{code}{}", &solution[..dot.start], &solution[dot.end..]);
    Submission { files: [(FILE.to_owned(), text)].into(), ..Submission::default() }
}

fn state(result: &Value, kata: &str) -> String {
    let katas = result["katas"].as_array().expect("a list");
    let kata = katas.iter().find(|it| it["kata"] == format!("{FILE}/{kata}")).expect("a verdict");
    kata["state"].as_str().expect("a word").to_owned()
}

/// As after `exec 9>log` in the shell that started the grader.
#[test]
fn inherited_descriptors_stay_outside() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Off);
    let path = assignment.folder().join("inherited.log");
    fs::write(&path, "kept").unwrap();
    let log = fs::File::options().append(true).open(&path).unwrap();
    let (mut reader, writer) = std::io::pipe().unwrap();
    fcntl_setfd(&log, FdFlags::empty()).unwrap();
    // One far beyond those that a shell knows.
    let far = rustix::io::fcntl_dupfd_cloexec(&log, 900).unwrap();
    fcntl_setfd(&far, FdFlags::empty()).unwrap();
    fcntl_setfd(&writer, FdFlags::empty()).unwrap();
    let text = include_str!("attacks/inherited_descriptors.rs");
    let graded = grade(&assignment, "ada", submission(&assignment, text), 1);
    assert_eq!(state(&to_json(&graded), "dot"), "broken");
    assert_eq!(fs::read_to_string(path).unwrap(), "kept");
    drop(writer);
    let mut said = String::new();
    reader.read_to_string(&mut said).unwrap();
    assert_eq!(said, "");
}

#[test]
fn only_regular_files_of_the_assignment_are_taken() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Off);
    let folder = assignment.folder().join("intake");
    recreate(&folder).unwrap();
    fs::create_dir_all(folder.join("katas/m01_linear_algebra/eigen.rs")).unwrap();
    let write = |below: &str, text: &[u8]| fs::write(folder.join(below), text).unwrap();
    for below in ["build.rs", "Cargo.toml", "katas/lib.rs", "katas/m01_linear_algebra/other.rs"] {
        write(below, b"fn main() {}");
    }
    write("katas/m01_linear_algebra/vectors.rs", b"pub fn dot() {}");
    write("katas/m01_linear_algebra/laws.rs", b"\xff\xfe");
    write("katas/m01_linear_algebra/matrices.rs", &vec![b' '; 300 << 10]);
    std::os::unix::fs::symlink("/etc/passwd", folder.join("katas/m01_linear_algebra/transforms.rs")).unwrap();
    let taken = read(&assignment, std::slice::from_ref(&folder)).unwrap();
    assert_eq!(taken.files.keys().collect::<Vec<_>>(), [FILE]);
    assert_eq!(taken.helpers.keys().collect::<Vec<_>>(), ["m01_linear_algebra/other"]);
    let ignored = taken.ignored.join("\n");
    for why in [
        "laws.rs: saved as UTF-16",
        "matrices.rs: longer",
        "transforms.rs: not a regular file",
        "lib.rs: not of",
    ] {
        assert!(ignored.contains(why), "{why} is missing in\n{ignored}");
    }
    assert!(read(&assignment, &[folder.join("katas/m01_linear_algebra/eigen.rs")]).is_err());
    assert!(read(&assignment, &[folder.join("Cargo.toml")]).is_err());
}

#[test]
fn a_milestone_that_is_not_there_is_a_mistake() {
    let plan = |name: &str| {
        let workspace = Workspace::find().expect("the tests run in the repository");
        Plan::new(workspace, &[name.to_owned()])
    };
    let [short, long] = ["m01", "m01_linear_algebra"].map(|name| plan(name).expect("it is there"));
    assert!(!short.assurances().is_empty() && short.assurances() == long.assurances());
    let problem = plan("m1O").err().expect("there is none of that name");
    assert!(
        matches!(&problem, Problem::Usage { what, remedy } if what.contains("m1O") && remedy.contains("m10"))
    );
}

/// Its katas lean on those of other files, which may use what their references do.
#[test]
fn a_file_outside_of_the_assignment_keeps_to_the_rules_of_its_own() {
    let _guard = ALONE.lock();
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m07".to_owned()]).expect("the repository is whole");
    let prepared =
        plan.only(|kata| kata.id == "m07_deep_learning/batches/shuffled_batches").prepare(&mut |_| {});
    let conditions = GradingConditions { scan: Mode::Enforce, ..GradingConditions::default() };
    let assignment = prepared.expect("bubblewrap is installed").assign(conditions).expect("a policy");
    for id in assignment.stubs().keys() {
        let text = fs::read_to_string(assignment.workspace().path(format!("solutions/{id}.rs")));
        let found = assignment.policy().scan(id, &text.expect("the reference"));
        assert!(found.is_empty(), "{id}: {found:?}");
    }
}
