//! The laws of a single kata as a test program of their own: after an edit, compiling and linking all laws of a
//! milestone would take most of the time until the verdict.
//!
//! The program `tests/one.rs` includes a list of modules that is written here, below the target folder. It has the
//! modules of the test tree, without those of other katas, so every path in a law means what it always means.

use std::fs;
use std::path::{Path, PathBuf};

use super::build::Variant;
use crate::catalog::{Catalog, Kata, LawFile, LawPart};
use crate::hash::Hash;
use crate::problem::{Doing, Problem};
use crate::state::write_whole;
use crate::workspace::Workspace;

/// The variant of the laws that holds those of this kata only; `None` where the test tree is laid out otherwise.
pub(super) fn variant(workspace: &Workspace, kata: &Kata, all: &Variant) -> Result<Option<Variant>, Problem> {
    // Two repositories may share a target folder.
    let root = Hash::of(workspace.root().as_os_str().as_encoded_bytes());
    let folder = all.target.join("kata").join("one").join(root.to_string());
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    // Under the hash of what it is made from: written anew it would be compiled anew.
    let path = folder.join(format!("{}.{}.rs", kata.id.replace('/', "."), of_sources(workspace, kata)));
    if !path.is_file() {
        let catalog = Catalog::read(workspace)?;
        let Some(list) = modules(&workspace.path("tests"), &catalog, kata) else { return Ok(None) };
        write_whole(&path, list.as_bytes()).doing("write", &path)?;
    }
    let features = [&all.features[..], &["one".to_owned()]].concat();
    Ok(Some(Variant { features, one: Some(path), ..all.clone() }))
}

/// The hash of what the list is made from.
fn of_sources(workspace: &Workspace, kata: &Kata) -> Hash {
    let (file, milestone) = (kata.file_id(), kata.milestone_id());
    let mut hash = Hash::of(b"modules");
    for tree in ["tests", "solutions"] {
        hash.add_tree(&workspace.path(format!("{tree}/{milestone}/mod.rs")));
    }
    hash.add_tree(&workspace.path(format!("tests/{file}/mod.rs")));
    hash.add_tree(&workspace.path(format!("solutions/{file}.rs")));
    hash
}

/// `mod m01_linear_algebra { mod vectors { #[path = …] mod dot; } }`, with what else the two folders declare.
fn modules(tests: &Path, catalog: &Catalog, kata: &Kata) -> Option<String> {
    let (milestone, rest) = kata.id.split_once('/')?;
    let (file, name) = rest.split_once('/')?;
    let milestones = tests.join(milestone);
    let neighbors: Vec<&str> =
        catalog.files().filter_map(|it| it.id.strip_prefix(milestone)?.strip_prefix('/')).collect();
    let siblings: Vec<&str> =
        catalog.katas().filter(|it| it.file_id() == kata.file_id()).map(Kata::name).collect();
    let inner =
        declared(&milestones.join(file), |module| module == name || !siblings.contains(&module), |_| None)?;
    let inner = format!("mod {file} {{\n{inner}}}\n");
    let is_wanted = |module: &str| module == file || !neighbors.contains(&module);
    let outer = declared(&milestones, is_wanted, |module| (module == file).then(|| inner.clone()))?;
    Some(format!("mod {milestone} {{\n{outer}}}\n"))
}

/// The `mod.rs` of a folder without its documentation and the modules that are not wanted. `instead` may give the text
/// of a module; the others lead to their files.
fn declared(
    folder: &Path,
    is_wanted: impl Fn(&str) -> bool,
    instead: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let text = fs::read_to_string(folder.join("mod.rs")).ok()?;
    let mut out = String::new();
    for part in LawFile::new(&text).parts() {
        match part {
            LawPart::Module { name, .. } if !is_wanted(name) => {}
            LawPart::Module { name, attributes, declaration } => match instead(name) {
                Some(text) => out += &format!("{attributes}{text}"),
                None => out += &format!("{attributes}#[path = {:?}]\n{declaration}\n", place(folder, name)?),
            },
            LawPart::Other(text) => out += &format!("{text}\n"),
            LawPart::Inline { attributes, head, text, .. } => out += &format!("{attributes}{head}{text}}}\n"),
            // A folder's own module holds what its laws share, and no law.
            LawPart::Test { .. } => return None,
        }
    }
    Some(out)
}

fn place(folder: &Path, module: &str) -> Option<PathBuf> {
    let places = [folder.join(format!("{module}.rs")), folder.join(module).join("mod.rs")];
    places.into_iter().find(|place| place.is_file())
}
