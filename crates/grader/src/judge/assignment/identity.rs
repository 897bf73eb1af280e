use std::collections::BTreeMap;

use engine::hash::Hash;

use super::plan::Plan;
use crate::judge::hashed::add;

/// What the laws of an assignment are made of.
const TREES: [&str; 6] =
    ["tests", "crates/judge/src", "crates/kit/src", "crates/protocol/src", "snapshots", "Cargo.lock"];

/// Which assignment this is, the same on every machine: the katas, their laws, and the libraries below them.
pub(super) fn identity(plan: &Plan, stubs: &BTreeMap<String, String>) -> String {
    // Which libraries of the system there are is no part of it.
    let features: Vec<_> = plan.features.iter().filter(|it| *it != "opencv").collect();
    let mut text: Vec<u8> = format!("{features:?}").into_bytes();
    for (id, stub) in stubs {
        text.extend(format!("\n{id}\n{stub}").bytes());
    }
    let root = plan.workspace.root();
    for tree in TREES {
        // What cannot be read makes another assignment, and that is what it is.
        let _ = add(root, &root.join(tree), &mut text);
    }
    Hash::of(&text).to_string()
}
