//! What people try: each fixture replaces a kata among right neighbors and says what must come of it.
//!
//! Without further words most of them are judged once, and those that the scan sees once more with the scan enforced.
//! The whole table, every attack in every mode of the scan, with what is left outside and what becomes of the next
//! submission, takes half an hour:
//!
//! ```sh
//! KATAS_ATTACK=/ cargo nextest run -p grader -E 'binary(threats)' --no-capture
//! ```
//!
//! `KATAS_ATTACK` is a part of the path of the fixtures to try: `attacks_channel`, or `fork_storm`. `KATAS_SCAN` names the
//! only mode of the scan to try: `off`, `advise` or `enforce`.

mod fixture;
mod outside;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::{env, fs, thread};

use engine::workspace::Workspace;
use fixture::{Fixture, ONLY, fixtures, references};
use grader::intake::Submission;
use grader::judge::{Assignment, Graded, GradingConditions, Plan, Timeouts, grade};
use grader::report::result::to_json;
use grader::scan::Mode;
use outside::Outside;

/// No other test has these, nor their users. Two attacks are judged at a time; of the table each for itself, so that it is known
/// who left something outside.
const SLOTS: [usize; 2] = [177, 178];

/// Katas that no fixture touches, in the file of those that it does and in another one.
fn neighbors(milestone: &str) -> &'static [&'static str] {
    match milestone {
        "m01_linear_algebra" => &[
            "m01_linear_algebra/vectors/add",
            "m01_linear_algebra/vectors/scale",
            "m01_linear_algebra/vectors/norm",
            "m01_linear_algebra/vectors/cosine_similarity",
            "m01_linear_algebra/transforms/rotation",
        ],
        "m07_deep_learning" => &["m07_deep_learning/batches/shuffled_batches"],
        _ => &["boss/requests/read_request"],
    }
}

fn assignment(milestone: &str, katas: &BTreeSet<&str>, scan: Mode) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let feature = milestone.split('_').next().unwrap_or_default().to_owned();
    let plan = Plan::new(workspace, &[feature]).expect("the repository is whole");
    let prepared = plan.only(|kata| katas.contains(kata.id.as_str())).prepare(&mut |_| {});
    // What never ends need not run for long; what is right takes a thousandth of this.
    let timeouts = match milestone {
        "m01_linear_algebra" => Timeouts { compiler: 3, call: Some(1) },
        _ => Timeouts { compiler: 20, call: Some(2) },
    };
    let conditions = GradingConditions { seed: 1, scan, timeouts };
    prepared.expect("bubblewrap is installed").assign(conditions).expect("the repository is whole")
}

/// Each kata that is graded, and its state.
fn states(graded: &Graded) -> Vec<(String, String)> {
    let result = to_json(graded);
    let word = |kata: &serde_json::Value, key: &str| kata[key].as_str().unwrap_or_default().to_owned();
    let katas = result["katas"].as_array().expect("a list").iter();
    katas.map(|kata| (word(kata, "kata"), word(kata, "state"))).collect()
}

/// One grader per repository, also among these tests.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn no_point_is_unearned_and_none_is_lost() {
    are_judged_rightly("m01_linear_algebra", 40);
}

#[test]
fn nor_where_tensors_and_files_cross() {
    are_judged_rightly("m07_deep_learning", 30);
}

#[test]
fn nor_where_laws_and_kata_share_a_process() {
    are_judged_rightly("boss", 0);
}

fn are_judged_rightly(milestone: &str, least: usize) {
    let _guard = ALONE.lock();
    let (mut all, is_table) = (fixtures(), env::var_os(ONLY).is_some());
    all.retain(|it| it.milestone() == milestone);
    let mut wrong = Vec::new();
    let milestones: BTreeSet<&str> = all.iter().map(Fixture::milestone).collect();
    println!("attack | mode | expected | got | others | left behind | next | seconds");
    for milestone in milestones {
        let its: Vec<&Fixture> = all.iter().filter(|it| it.milestone() == milestone).collect();
        let mut katas: BTreeSet<&str> = its.iter().map(|it| it.kata.as_str()).collect();
        katas.extend(neighbors(milestone));
        let named = env::var("KATAS_SCAN").ok();
        let is_asked_for = |mode: &Mode| named.as_ref().is_none_or(|it| it == mode.word());
        for mode in [Mode::Off, Mode::Advise, Mode::Enforce].into_iter().filter(is_asked_for) {
            // What is advised changes no verdict, what the scan does not see is judged as without it, and how it rejects is shown
            // by one milestone.
            let is_shown = |it: &Fixture| it.is_seen() && milestone == "m01_linear_algebra";
            let is_tried =
                |it: &&&Fixture| is_table || mode == Mode::Off || mode == Mode::Enforce && is_shown(it);
            let tried: Vec<&&Fixture> =
                its.iter().filter(is_tried).filter(|_| is_table || mode != Mode::Advise).collect();
            if tried.is_empty() {
                continue;
            }
            let assignment = assignment(milestone, &katas, mode);
            let slots = if is_table { &SLOTS[..1] } else { &SLOTS[..] };
            let before = Outside::look(&assignment, slots);
            let queue = Mutex::new(tried.into_iter());
            let judges = |slot: usize| {
                let next = || queue.lock().expect("no judge panicked").next();
                std::iter::from_fn(next).filter_map(|it| row(&assignment, it, mode, slot, is_table)).collect()
            };
            let judges = &judges;
            wrong.extend(thread::scope(|scope| {
                let all: Vec<_> = slots.iter().map(|slot| scope.spawn(move || judges(*slot))).collect();
                all.into_iter()
                    .flat_map(|it| -> Vec<String> { it.join().expect("it judges") })
                    .collect::<Vec<_>>()
            }));
            wrong.extend(before.changes(&Outside::look(&assignment, slots)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert!(all.len() >= least || is_table, "{}", all.len());
}

/// Judges one attack, prints its row, and returns it where something is wrong with it.
fn row(
    assignment: &Assignment,
    fixture: &Fixture,
    mode: Mode,
    slot: usize,
    is_table: bool,
) -> Option<String> {
    let before = is_table.then(|| Outside::look(assignment, &[slot]));
    let submission = fixture.submission(assignment, neighbors(fixture.milestone()));
    let submitted: BTreeSet<String> = submission.files.keys().cloned().collect();
    let graded = grade(assignment, &fixture.name, submission, slot);
    let changed = before.map(|before| before.changes(&Outside::look(assignment, &[slot])));
    let left = [changed.unwrap_or_default(), outside::processes(slot)].concat();
    let mut faults = left.clone();
    let mut found = states(&graded);
    found.retain(|(kata, _)| kata.rsplit_once('/').is_some_and(|(file, _)| submitted.contains(file)));
    for (kata, got) in &found {
        let expected = fixture.expected(kata, mode);
        if expected != "any" && got != expected || got == "grader error" {
            faults.push(format!("{kata}: {got}, {expected} expected"));
        }
    }
    if mode != Mode::Off && fixture.is_seen() == graded.findings.is_empty() {
        let findings = graded.findings.iter().map(|it| format!("{}: {}", it.line, it.what));
        faults.push(format!("findings: {:?}", findings.collect::<Vec<_>>()));
    }
    faults.extend(graded.error.clone());
    if fixture.is_rejected_whole(mode) {
        let compiled = format!("slot-{slot}/{}/src/katas/{}.rs", fixture.milestone(), fixture.file());
        let compiled = fs::read_to_string(assignment.folder().join(compiled));
        if compiled.is_ok_and(|it| it != assignment.stubs()[fixture.file()]) {
            faults.push("it was compiled".to_owned());
        }
    }
    let next = if is_table { next(assignment, fixture.milestone(), slot) } else { Vec::new() };
    faults.extend(next.iter().map(|(kata, state)| format!("next submission: {kata}: {state}")));
    let of = |kata: &str| found.iter().find(|(id, _)| id == kata).map_or("missing", |(_, state)| state);
    let mut others: Vec<&str> =
        found.iter().filter(|it| it.0 != fixture.kata).map(|it| it.1.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    let row = format!(
        "{} | {} | {} | {} | {} | {} | {} | {:.1}",
        fixture.name,
        mode.word(),
        fixture.expected(&fixture.kata, mode),
        of(&fixture.kata),
        others.join(", "),
        if left.is_empty() { "nothing" } else { "SOMETHING" },
        match (is_table, next.is_empty()) {
            (true, true) => "unaffected",
            (true, false) => "AFFECTED",
            (false, _) => "-",
        },
        graded.seconds
    );
    println!("{row}{}", if faults.is_empty() { String::new() } else { format!(" | WRONG {faults:?}") });
    (!faults.is_empty()).then(|| format!("{row}: {faults:?}"))
}

/// What does not hold of the neighbors' references, when they are the next submission in the same slot.
fn next(assignment: &Assignment, milestone: &str, slot: usize) -> Vec<(String, String)> {
    let mut files = references(assignment, milestone);
    files.retain(|id, _| neighbors(milestone).iter().any(|it| it.starts_with(id)));
    let graded = grade(assignment, "next", Submission { files, ..Submission::default() }, slot);
    let mut found = states(&graded);
    found.retain(|(kata, state)| neighbors(milestone).contains(&kata.as_str()) && state != "holds");
    found
}
