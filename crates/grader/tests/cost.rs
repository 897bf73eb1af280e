//! Where the processor time of a solved submission goes: kata by kata, with its reference.
//!
//! It judges nothing, so it waits to be asked: `KATAS_GRADED=m01,m02 KATAS_KATA=welford KATAS_TIMES=5 cargo test -p grader
//! --test cost -- --ignored --nocapture` prints the median of five in milliseconds for each kata whose id has that part;
//! where it is the whole id, for each law as well.
//! Before and after an edit are compared in one go, by turns, from two checkouts.

use std::collections::{BTreeMap, BTreeSet};
use std::{env, fs};

use engine::catalog::Kata;
use engine::workspace::Workspace;
use grader::judge::isolated::WorkerRun;
use grader::judge::{GradingConditions, Plan};

/// Processor time of all children that have ended, in milliseconds.
fn spent() -> u64 {
    let text = fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<_> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    // The 16th and 17th field of all, in hundredths of a second; the first two are gone.
    let ticks = |k: usize| fields.get(k).and_then(|it| it.parse::<u64>().ok()).unwrap_or_default();
    10 * (ticks(13) + ticks(14))
}

#[test]
#[ignore = "a measurement"]
fn each_kata_s_share() {
    let word = |name: &str, or: &str| env::var(name).unwrap_or_else(|_| or.to_owned());
    let milestones: Vec<_> = word("KATAS_GRADED", "m01").split(',').map(ToOwned::to_owned).collect();
    let times: usize = word("KATAS_TIMES", "1").parse().expect("a number");
    let part = word("KATAS_KATA", "");
    let workspace = Workspace::find().expect("the tests run in the repository");
    let plan = Plan::new(workspace, &milestones).expect("the repository is whole");
    let plan = plan.only(|kata| kata.id.contains(&part));
    let prepared = plan.prepare(&mut |_| {}).expect("bubblewrap is installed");
    let conditions = GradingConditions { seed: 1, ..GradingConditions::default() };
    let assignment = prepared.assign(conditions).expect("the repository is whole");
    let solution =
        |id: &String| fs::read_to_string(assignment.workspace().path(format!("solutions/{id}.rs")));
    let reference: BTreeMap<_, _> =
        assignment.stubs().keys().map(|id| (id.clone(), solution(id).expect("the reference"))).collect();
    let wanted: BTreeSet<&str> = assignment.katas().iter().map(Kata::milestone_id).collect();
    let (folder, isolated, before) = (assignment.folder().join("slot-0"), assignment.isolated(), spent());
    let compiled = isolated.compile(&wanted, &reference, &folder, 0, 600).expect("the references compile");
    println!("{:6} rustc", spent() - before);
    let mut all = 0;
    for kata in assignment.katas().iter().filter(|kata| !assignment.shares_a_process(kata)) {
        let run =
            WorkerRun { workers: &compiled.workers, slot: 0, seed: 1, call_timeout: None, specimen: None };
        let median = |kata: &Kata| {
            let one = |_| {
                let before = spent();
                isolated.judge(&[kata], run).expect("it is judged").remove(0).expect("a verdict");
                spent() - before
            };
            let mut taken: Vec<u64> = (0..times).map(one).collect();
            taken.sort_unstable();
            taken[times / 2]
        };
        let taken = median(kata);
        all += taken;
        println!("{taken:6} {}", kata.id);
        // Of a single kata law by law; each with what a start costs.
        for law in kata.laws.iter().filter(|_| part == kata.id) {
            println!(
                "{:12} {}",
                median(&Kata { laws: vec![law.clone()].into(), ..(*kata).clone() }),
                law.test
            );
        }
    }
    println!("{all:6} all katas");
}
