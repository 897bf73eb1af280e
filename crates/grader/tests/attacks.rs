//! What people try: each fixture replaces the kata `dot` among right neighbors and says what must come of it.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Mutex;

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

/// The variable that names the attacks to try; an empty one has each tried with the scan enforced, innocent ones too.
const ONLY: &str = "KATAS_ATTACK";

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

/// Each fixture's name and text, or those alone whose path has what the variable says.
fn fixtures() -> Vec<(String, String)> {
    let only = std::env::var(ONLY).unwrap_or_default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attacks");
    let entries = fs::read_dir(folder).expect("the folder of the attacks");
    let mut paths: Vec<_> = entries.map(|it| it.expect("a file's name").path()).collect();
    paths.sort();
    paths.retain(|it| it.to_string_lossy().contains(&only));
    let name = |path: &Path| path.file_stem().expect("a file").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).expect("text"))).collect()
}

fn state(result: &Value, kata: &str) -> String {
    let katas = result["katas"].as_array().expect("a list");
    let kata = katas.iter().find(|it| it["kata"] == format!("{FILE}/{kata}")).expect("a verdict");
    kata["state"].as_str().expect("a word").to_owned()
}

#[test]
fn no_point_is_unearned_and_none_is_lost() {
    let _guard = ALONE.lock();
    // What is advised changes no verdict; that is tried when attacks are named.
    let modes = [Mode::Off, Mode::Advise];
    for mode in &modes[..if std::env::var_os(ONLY).is_some() { 2 } else { 1 }] {
        are_judged_rightly(&assignment(*mode));
    }
}

fn are_judged_rightly(assignment: &Assignment) {
    let mut wrong = Vec::new();
    for (name, text) in fixtures() {
        let expected = |word: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(&format!("//! {word}: ")));
            line.expect("a fixture says what is expected").to_owned()
        };
        let graded = grade(assignment, &name, submission(assignment, &text), 1);
        let result = to_json(&graded);
        let (dot, others) = (state(&result, "dot"), ["add", "scale", "norm", "cosine_similarity"]);
        let others = others.map(|kata| state(&result, kata));
        let as_expected = dot == expected("dot")
            && result["verdict"] == "graded"
            && (expected("others") == "any" || others.iter().all(|it| *it == expected("others")));
        println!(
            "{}: {name}: dot {dot}, others {others:?}, {:.1} s",
            assignment.policy().mode.word(),
            graded.seconds
        );
        if !as_expected {
            wrong.push(format!("{name}: dot {dot}, others {others:?}, {}", result["error"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the scan sees costs the points of its katas; what it does not see is judged as without it.
#[test]
fn each_attack_has_its_verdict_with_the_scan_enforced() {
    let _guard = ALONE.lock();
    let assignment = assignment(Mode::Enforce);
    let (mut wrong, mut seen, everything) = (Vec::new(), 0, std::env::var_os(ONLY).is_some());
    for (name, text) in fixtures() {
        let line = |word: &str| text.lines().find_map(|line| line.strip_prefix(&format!("//! {word}: ")));
        let (dot, others) = (line("dot").unwrap(), line("others").unwrap());
        let (dot, others) = match line("enforced") {
            None => (dot, others),
            Some("the kata") => ("against the rules", others),
            Some("the file") => ("against the rules", "against the rules"),
            Some(other) => panic!("{name}: {other}"),
        };
        if line("enforced").is_none() && name != "control_macros" && !everything {
            // Found innocent, it is judged as in the other test; of that one example shall do.
            let found = assignment.policy().scan(FILE, &submission(&assignment, &text).files[FILE]);
            wrong.extend(found.iter().map(|it| format!("{name}: {}: {}", it.line, it.what)));
            continue;
        }
        recreate(&assignment.folder().join("slot-2")).unwrap();
        let graded = grade(&assignment, &name, submission(&assignment, &text), 2);
        let result = to_json(&graded);
        seen += usize::from(line("enforced").is_some());
        let found: Vec<_> = graded.findings.iter().map(|it| format!("{}: {}", it.line, it.what)).collect();
        let states: Vec<_> = result["katas"].as_array().unwrap().iter().map(id_and_state).collect();
        println!("{name}: {states:?}, {found:?}, {:.1} s", graded.seconds);
        let fits = |(id, state): &(String, String)| {
            let expected = if id.ends_with("/dot") { dot } else { others };
            expected == "any" || state == expected
        };
        // Where nothing is left to ask, nothing of it runs.
        let is_compiled = assignment.folder().join("slot-2/m01_linear_algebra/src").exists();
        if is_compiled == (line("enforced") == Some("the file")) {
            wrong.push(format!("{name}: whether it was compiled is {is_compiled}"));
        }
        if !states.iter().all(fits) || line("enforced").is_none() != found.is_empty() {
            wrong.push(format!("{name}: {states:?}, {found:?}, {}", result["error"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 15 || everything, "{seen}");
}

fn id_and_state(kata: &Value) -> (String, String) {
    let word = |key: &str| kata[key].as_str().unwrap_or_default().to_owned();
    (word("kata"), word("state"))
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
