use std::collections::BTreeMap;
use std::fs;

use engine::outline::outline;
use engine::source::literals_after;

use crate::ground::{Ground, state};

#[test]
fn right_answers_hold_and_wrong_ones_do_not() {
    let ground = Ground::new();
    reference_and_stubs(&ground);
    specimens(&ground);
}

fn reference_and_stubs(ground: &Ground) {
    let left_out: Vec<_> = ground
        .katas
        .iter()
        .filter(|kata| ground.in_process.stays_out(&kata.id) != Some(None))
        .map(|kata| (&kata.id, ground.in_process.stays_out(&kata.id)))
        .collect();
    // The reference was tried out: with all its laws, and as it would be submitted.
    assert!(left_out.is_empty() && !ground.katas.is_empty(), "{left_out:?}");
    let files: BTreeMap<_, _> = ground
        .katas
        .iter()
        .map(|kata| (kata.file_id().to_owned(), outline(&ground.solution(kata.file_id()))))
        .collect();
    let judged = ground.judge(files.clone());
    assert!(judged.is_empty(), "{judged:?}");
    // One that was touched and is still to be written.
    let touched = files.into_iter().map(|(id, text)| (id, text + "\n// Not yet.\n")).collect();
    let judged = ground.judge(touched);
    assert_eq!(judged.len(), ground.katas.len());
    assert!(judged.values().all(|found| state(Some(found)) == "not written"), "{judged:?}");
}

/// Every wheat passes and every chaff fails, as they do elsewhere.
fn specimens(ground: &Ground) {
    let (mut judged, mut wrong) = (0, Vec::new());
    for kata in &ground.katas {
        let text = fs::read_to_string(ground.workspace.path(format!("specimens/{}.rs", kata.id)));
        let all = literals_after(&text.unwrap_or_default(), &["wheat", "chaff"]);
        let kinds: BTreeMap<String, String> =
            all.into_iter().map(|(kind, literals)| (format!("{}/{}", kata.id, literals[0]), kind)).collect();
        let names: Vec<String> = kinds.keys().cloned().collect();
        let folder = ground.folder();
        for (name, found) in
            ground.in_process.specimens(&kata.id, &names, ground.run(&folder)).expect("it is there")
        {
            judged += 1;
            if (state(Some(&found)) == "holds") != (kinds[&name] == "wheat") {
                wrong.push(format!("{} {name}: {}", kinds[&name], state(Some(&found))));
            }
        }
    }
    println!("{judged} specimens judged");
    assert!(judged >= 8 && wrong.is_empty(), "{judged} judged, wrong: {wrong:#?}");
}
