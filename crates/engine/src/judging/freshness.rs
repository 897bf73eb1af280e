//! What is judged is the text that lies on the disk, whatever the clocks say.
//!
//! Cargo compares times: an older text that is put back with its own time (by `cp -p`, `mv`, unzip, `rsync -t`) looks as
//! if nothing had changed. So the build gets a hash of the texts, in a variable that `katas/lib.rs` reads and cargo
//! therefore watches: another text is another hash, and is compiled.

use std::fs;
use std::path::Path;

use super::build::{Variant, cargo};
use super::child::{self, Next};
use crate::Progress;
use crate::catalog::Kata;
use crate::hash::Hash;
use crate::problem::{Doing, Problem};
use crate::workspace::Workspace;

/// Libraries of this repository that the laws are linked with.
const OURS: [&str; 4] = ["kit", "judge", "protocol", "wire"];

/// The hash of the texts that the laws of these katas are made of, and of where they lie.
#[must_use]
pub fn of_texts(workspace: &Workspace, katas: &[&Kata], features: &[String]) -> Hash {
    let mut hash = Hash::of(workspace.root().as_os_str().as_encoded_bytes());
    let mut trees = vec!["katas", "tests"];
    // Where the reference or the specimens answer, their text counts; the learner's may be read by them as well.
    trees.extend(["solutions", "specimens"].into_iter().filter(|tree| features.iter().any(|it| it == tree)));
    if trees.contains(&"specimens") && !trees.contains(&"solutions") {
        trees.push("solutions");
    }
    let mut milestones: Vec<&str> = katas.iter().map(|kata| kata.milestone_id()).collect();
    milestones.sort_unstable();
    milestones.dedup();
    for tree in trees {
        for file in ["lib.rs", "mod.rs", "main.rs", "one.rs"] {
            hash.add_tree(&workspace.path(tree).join(file));
        }
        milestones.iter().for_each(|it| hash.add_tree(&workspace.path(tree).join(it)));
    }
    hash
}

/// Has our own libraries built anew if their text is not that of the last build, as after a newer version was unzipped
/// over an older one.
pub(super) fn renew_libraries(
    workspace: &Workspace,
    variant: &Variant,
    progress: &mut dyn Progress,
) -> Result<(), Problem> {
    let root = Hash::of(workspace.root().as_os_str().as_encoded_bytes());
    let record = variant.target.join("kata").join(format!("libraries-{root}"));
    let known = fs::read_to_string(&record).ok();
    let (mut looks, mut hash) = (Hash::of(b"looks"), Hash::of(b"libraries"));
    let folders = OURS.map(|library| workspace.path("crates").join(library));
    folders.iter().for_each(|folder| looks.add_looks(folder));
    // Files that look as they did are not read again.
    if known.as_ref().is_some_and(|known| known.ends_with(&looks.to_string())) {
        return Ok(());
    }
    for folder in &folders {
        hash.add_tree(&folder.join("Cargo.toml"));
        hash.add_tree(&folder.join("src"));
    }
    let now = format!("{hash} {looks}");
    let folder = record.parent().unwrap_or(&variant.target);
    if known.as_ref().is_some_and(|known| known.starts_with(&hash.to_string())) {
        return fs::write(&record, now).doing("write", &record);
    }
    if known.is_some() {
        let mut command = cargo();
        command.current_dir(workspace.root()).arg("clean").env("CARGO_TARGET_DIR", &variant.target);
        // One that is no member here, as in a repository that is cut down, is none to clean.
        let members = OURS.iter().filter(|library| is_member(workspace.root(), library));
        command.args(members.flat_map(|library| ["--package", library]));
        child::run(&mut command, |_| {
            progress.tick();
            Next::On
        })?;
    }
    fs::create_dir_all(folder).doing("make the folder", folder)?;
    fs::write(&record, now).doing("write", &record)
}

fn is_member(root: &Path, library: &str) -> bool {
    root.join("crates").join(library).join("Cargo.toml").is_file()
}
