//! What people try where tensors, files and optimizers cross: each fixture replaces a kata of milestone 7 among right
//! neighbors. The attacks on the judge in one process are tried here too.
//!
//! `KATAS_ATTACK` names the attacks to try in every mode of the scan; without it all but the slow ones are, without the scan.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use engine::source::Source;
use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::{Assignment, GradingConditions, Plan, Timeouts, grade};
use grader::report::result::to_json;
use grader::scan::Mode;

/// What a fixture is about.
struct Fixture {
    name: String,
    kata: String,
    state: String,
    /// Whether it may cost its own submission other katas.
    is_for_all: bool,
    code: String,
}

fn fixtures() -> Vec<Fixture> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let only = env::var("KATAS_ATTACK").unwrap_or_default();
    let mut paths: Vec<PathBuf> = ["attacks_channel", "attacks_in_process"]
        .iter()
        .flat_map(|folder| fs::read_dir(tests.join(folder)).expect("it is there"))
        .map(|it| it.expect("it is there").path())
        .filter(|it| it.to_string_lossy().contains(&only))
        .collect();
    paths.sort();
    let one = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("it is there");
        let line = |word: &str| {
            let start = format!("//! {word}: ");
            text.lines().find_map(|line| line.strip_prefix(&start)).map(ToOwned::to_owned)
        };
        // Those that need minutes are tried when they are named.
        let is_slow = text.lines().any(|line| line == "//! slow") && only.is_empty();
        let kata = line("kata").unwrap_or_else(|| "m07_deep_learning/loss/cross_entropy".to_owned());
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let state = line("state").or_else(|| line("channel"));
        let code = text.lines().skip_while(|it| it.starts_with("//!")).map(|it| format!("{it}\n")).collect();
        let (state, is_for_all) = (state.expect("a fixture says what is expected"), line("others").is_some());
        (!is_slow).then_some(Fixture { name, kata, state, is_for_all, code })
    };
    paths.iter().filter_map(one).collect()
}

fn assignment(scan: Mode, katas: &[String]) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &["m07".to_owned()]).expect("the repository is whole");
    let prepared = plan.only(|kata| katas.contains(&kata.id)).prepare(&mut |_| {});
    let timeouts = Timeouts { compiler: 20, call: Some(2) };
    let conditions = GradingConditions { seed: 1, scan, timeouts };
    prepared.expect("bubblewrap is installed").assign(conditions).expect("the repository is whole")
}

/// The references, with this code in place of one kata; what it was is there as `honest`.
fn submission(assignment: &Assignment, fixture: &Fixture) -> Submission {
    let read = |id: &String| {
        let path = assignment.workspace().path(format!("solutions/{id}.rs"));
        (id.clone(), fs::read_to_string(path).expect("the reference is there"))
    };
    let mut files: BTreeMap<String, String> = assignment.stubs().keys().map(read).collect();
    let (id, item) = fixture.kata.rsplit_once('/').expect("an id");
    let text = files.get_mut(id).expect("a file of the assignment");
    let source = Source::new(text);
    let span = source.function(item).expect("the kata is a function").span.clone();
    let was = text[span.clone()].replace(&format!("pub fn {item}"), "pub fn honest");
    *text = format!("{}{was}\n{}{}", &text[..span.start], fixture.code, &text[span.end..]);
    Submission { files, ..Submission::default() }
}

#[test]
fn no_point_is_unearned_and_none_is_lost() {
    let (fixtures, mut wrong) = (fixtures(), Vec::new());
    let mut katas: Vec<String> = fixtures.iter().map(|it| it.kata.clone()).collect();
    // A neighbor in another file, which no fixture touches.
    let neighbor = "m07_deep_learning/batches/shuffled_batches".to_owned();
    katas.push(neighbor.clone());
    let left_behind = env::temp_dir().join("katas-left-behind");
    // What the scan sees costs points, and what it advises none: that is tried when attacks are named.
    let modes = [Mode::Off, Mode::Advise, Mode::Enforce];
    for &mode in &modes[..if env::var_os("KATAS_ATTACK").is_some() { 3 } else { 1 }] {
        let assignment = assignment(mode, &katas);
        for fixture in &fixtures {
            let graded = grade(&assignment, &fixture.name, submission(&assignment, fixture), 7);
            let result = to_json(&graded);
            let state = |id: &str| {
                let katas = result["katas"].as_array().expect("a list");
                let kata = katas.iter().find(|it| it["kata"] == id).expect("a verdict");
                (kata["state"].as_str().unwrap_or_default().to_owned(), kata["assurance"].clone())
            };
            let (got, assurance) = state(&fixture.kata);
            println!("{}: {}: {got}, {:.1} s", mode.word(), fixture.name, graded.seconds);
            let is_rejected = mode == Mode::Enforce && got == "against the rules" && fixture.state != "holds";
            let is_right = got == fixture.state && (assurance == "channel" || got == "does not compile");
            let neighbor = state(&neighbor).0;
            let is_kept = neighbor == "holds" || fixture.is_for_all;
            if !(is_right || is_rejected) || !is_kept || result["verdict"] != "graded" {
                wrong.push(format!("{} {}: {got}, neighbor {neighbor}", mode.word(), fixture.name));
            }
            assert!(!left_behind.exists(), "{} reached outside", fixture.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(fixtures.len() > 20 || env::var_os("KATAS_ATTACK").is_some(), "{}", fixtures.len());
}
