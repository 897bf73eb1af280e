//! Every wheat passes through the channel and every chaff fails, as they do in one process.
//!
//! `KATAS_GRADED` names the milestones, as in `m01,m02`; without it only the first is tried.

use std::{env, fs};

use cargo_kata::judging::State;
use cargo_kata::source::literals_after;
use cargo_kata::workspace::Workspace;
use grader::assignment::Assignment;
use grader::compile::compile_specimens;
use grader::judge::{Asked, judge};

#[test]
fn wheats_pass_and_chaffs_fail_in_a_process_of_their_own() {
    let milestones = env::var("KATAS_GRADED").unwrap_or_else(|_| "m01".to_owned());
    let milestones: Vec<_> = milestones.split(',').map(ToOwned::to_owned).collect();
    let workspace = Workspace::find().unwrap();
    let assignment = Assignment::prepare(workspace, &milestones, 1, &mut |_| {}).unwrap();
    let worker = compile_specimens(&assignment, &assignment.folder.join("specimens")).unwrap();
    let (mut judged, mut wrong) = (0, Vec::new());
    // Those that share a process with their laws are tried out there.
    for kata in assignment.katas.iter().filter(|kata| assignment.alone(kata).is_none()) {
        let text = fs::read_to_string(assignment.workspace.path(format!("specimens/{}.rs", kata.id)));
        for (kind, literals) in literals_after(&text.unwrap_or_default(), &["wheat", "chaff"]) {
            let name = format!("{}/{}", kata.id, literals[0]);
            let asked = Asked { worker: &worker, slot: 0, specimen: Some(&name) };
            let verdict = judge(&assignment, &[kata], asked).unwrap().remove(0).unwrap();
            judged += 1;
            if (verdict.state() == State::Holds) != (kind == "wheat") {
                wrong.push(format!("{kind} {name}: {}", verdict.state().words()));
            }
        }
    }
    assert!(judged > 100 && wrong.is_empty(), "{judged} judged, wrong: {wrong:#?}");
    println!("{judged} specimens judged");
}
