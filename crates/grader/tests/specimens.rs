//! Every wheat passes through the channel and every chaff fails, by the same laws as at home.
//!
//! Of each kata the first wheat and the first chaff are judged; where `KATAS_SPECIMENS` names a part of ids, such as
//! `m01` or `/` for every kata, all specimens of those katas and of no other; `KATAS_EVERY=4` leaves every fourth chaff of a
//! kata there, but all of those that judge candidates. `KATAS_GRADED` names the milestones, as in `m01,m02`; without it only
//! the first is tried, and of the reference and the stubs all but those whose frameworks take minutes to build.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::{env, fs};

use engine::catalog::Catalog;
use engine::fingerprints::{Fingerprint, Fingerprints};
use engine::source::literals_after;
use engine::workspace::Workspace;
use grader::intake::Submission;
use grader::judge::isolated::WorkerRun;
use grader::judge::{Assignment, GradingConditions, KataOutcome, Plan, grade};
use protocol::{GradeState, State, Status};

/// One grader per repository, also among these tests.
static ALONE: Mutex<()> = Mutex::new(());

/// candle's, OpenCV's and axum's: they are tried once a week.
const LARGE: [&str; 5] = ["m07", "m08", "m09", "boss", "x4"];

/// The milestones that are named, or where none is, those of the catalog that are wanted.
fn assignment(is_wanted: impl Fn(&str) -> bool) -> Assignment {
    let workspace = Workspace::find().expect("the tests run in the repository");
    let milestones: Vec<String> = match env::var("KATAS_GRADED") {
        Ok(named) => named.split(',').map(ToOwned::to_owned).collect(),
        Err(_) => {
            let catalog = Catalog::read(&workspace).expect("the repository is whole");
            let known = catalog.milestones.into_iter().map(|it| it.feature);
            known.filter(|it| is_wanted(it)).collect()
        }
    };
    let plan = Plan::new(workspace, &milestones).expect("the repository is whole");
    let prepared = plan.prepare(&mut |_| {}).expect("bubblewrap is installed");
    let conditions = GradingConditions { seed: 1, ..GradingConditions::default() };
    prepared.assign(conditions).expect("the repository is whole")
}

#[test]
fn wheats_pass_and_chaffs_fail_in_a_process_of_their_own() {
    let _guard = ALONE.lock();
    let (assignment, all) = (assignment(|it| it == "m01"), env::var("KATAS_SPECIMENS").ok());
    let workers = assignment.isolated().compile_specimens(&assignment.folder().join("specimens")).unwrap();
    let every: usize = env::var("KATAS_EVERY").map_or(1, |it| it.parse().expect("a number"));
    let (mut judged, mut same, mut wrong) = (0, 0, Vec::new());
    // Those that share a process with their laws are tried out there.
    let asked_for = |id: &str| all.as_ref().is_none_or(|part| id.contains(part));
    let katas: Vec<_> = assignment.katas().iter().filter(|kata| asked_for(&kata.id)).collect();
    for kata in katas.iter().copied().filter(|kata| !assignment.shares_a_process(kata)) {
        let text = fs::read_to_string(assignment.workspace().path(format!("specimens/{}.rs", kata.id)));
        let (mut seen, mut chaffs): (Vec<String>, usize) = (Vec::new(), 0);
        let every = if kata.item.starts_with("accepts_") { 1 } else { every };
        for (kind, literals) in literals_after(&text.unwrap_or_default(), &["wheat", "chaff"]) {
            if seen.contains(&kind) && all.is_none() {
                continue;
            }
            seen.push(kind.clone());
            chaffs += usize::from(kind == "chaff");
            if kind == "chaff" && !(chaffs - 1).is_multiple_of(every) {
                continue;
            }
            let name = format!("{}/{}", kata.id, literals[0]);
            let specimen = Some(name.as_str());
            let run = WorkerRun { workers: &workers, slot: 0, seed: 1, call_timeout: None, specimen };
            let verdict = assignment.isolated().judge(&[kata], run).unwrap().remove(0).unwrap();
            judged += 1;
            if (verdict.state() == State::Holds) != (kind == "wheat") {
                let why = why(&KataOutcome::Judged(verdict.clone()));
                wrong.push(format!("{kind} {name}: {}: {why}", verdict.state().words()));
                println!("{}", wrong[wrong.len() - 1]);
            }
            // At home each law of a chaff was judged when its fingerprint was recorded.
            let at_home = recorded(&assignment, &kata.id, &literals[0]);
            if let Some(at_home) = at_home.filter(|_| kind == "chaff") {
                let here = Fingerprint::of(&verdict);
                same += usize::from(here == at_home);
                let only = |a: &Fingerprint, b: &Fingerprint| -> Vec<String> {
                    a.laws().filter(|law| !b.laws().any(|it| it == *law)).map(ToOwned::to_owned).collect()
                };
                let (more, fewer) = (only(&here, &at_home), only(&at_home, &here));
                if !more.is_empty() || !fewer.is_empty() {
                    wrong.push(format!("{name}: broken only here {more:?}, only at home {fewer:?}"));
                    println!("{}", wrong[wrong.len() - 1]);
                }
            }
        }
    }
    assert!(judged > katas.len() && wrong.is_empty(), "{judged} judged, wrong: {wrong:#?}");
    println!(
        "{judged} specimens judged, {same} chaffs broken by the same laws with the same outcome as at home"
    );
}

/// What does not hold.
fn why(outcome: &KataOutcome) -> String {
    match outcome {
        KataOutcome::Judged(verdict) => {
            let broken = verdict.laws.iter().filter(|law| law.status != Status::Held);
            broken.map(|law| format!("{law:?}")).collect()
        }
        other => format!("{other:?}"),
    }
}

/// The laws that a chaff breaks at home.
fn recorded(assignment: &Assignment, kata: &str, chaff: &str) -> Option<Fingerprint> {
    let milestone = kata.split('/').next().unwrap_or_default();
    let all = Fingerprints::read(&Fingerprints::path(assignment.workspace().root(), milestone));
    all.of(kata).find(|(name, _)| *name == chaff).map(|(_, it)| it.clone())
}

#[test]
fn the_reference_has_every_point_and_the_stubs_have_none() {
    let _guard = ALONE.lock();
    let assignment = assignment(|it| !LARGE.contains(&it));
    let solution =
        |id: &String| fs::read_to_string(assignment.workspace().path(format!("solutions/{id}.rs")));
    let reference: BTreeMap<_, _> =
        assignment.stubs().keys().map(|id| (id.clone(), solution(id).unwrap())).collect();
    // A word behind it, and a stub is judged like anything else that was submitted.
    let stub = |(id, stub): (&String, &String)| (id.clone(), format!("{stub}\n// mine\n"));
    let stubs: BTreeMap<_, _> = assignment.stubs().iter().map(stub).collect();
    for (name, files, share) in [("reference", reference, 1), ("stubs", stubs, 0)] {
        let graded = grade(&assignment, name, Submission { files, ..Submission::default() }, 3);
        let red = graded.katas.iter().filter(|(_, it)| !matches!(it, Some(KataOutcome::Judged(_)))).count();
        let holds = |it: &KataOutcome| it.state() == GradeState::Judged(State::Holds);
        let lost = graded.katas.iter().filter(|(_, it)| share == 1 && !it.as_ref().is_some_and(holds));
        let lost: Vec<_> =
            lost.map(|(id, it)| format!("{id}: {}", it.as_ref().map_or_else(String::new, why))).collect();
        assert_eq!(graded.points(), share * graded.possible(), "{name}: {:?}, {lost:#?}", graded.error);
        assert!(graded.possible() > 0 && red == assignment.katas().len() - graded.possible(), "{name}");
        println!("{name}: {} of {} in {:.1} s", graded.points(), graded.possible(), graded.seconds);
    }
}
