//! Stub and reference promise the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Findings, Ground};
use engine::outline::outline;
use engine::problem::{Doing, Problem};

/// The outlines of both trees are equal, and no file stands alone.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("files");
    let (stubs, solutions) = (ground.workspace.path("katas"), ground.workspace.path("solutions"));
    let mut files = rust_files(&solutions)?;
    files.extend(rust_files(&stubs)?);
    files.remove(Path::new("lib.rs")); // chooses the tree and belongs to none
    let wanted: BTreeSet<_> = ground.katas.iter().map(|kata| kata.file_id().to_owned()).collect();
    let all = ground.katas.len() == ground.catalog.katas().count();
    for file in files {
        let id = file.with_extension("").to_string_lossy().replace('\\', "/");
        if !all && !wanted.contains(&id) {
            continue;
        }
        let outline_of = |tree: &Path| fs::read_to_string(tree.join(&file)).map(|text| outline(&text)).ok();
        let (stub, solution) = (outline_of(&stubs), outline_of(&solutions));
        let shown = file.display();
        findings.count(stub.is_some() && stub == solution, || match (stub, solution) {
            (None, _) => format!("katas/{shown} is missing: `cargo kata author stub {id}` writes it"),
            (_, None) => format!("solutions/{shown} is missing: a stub without a reference"),
            (Some(stub), Some(solution)) => {
                let remedy = format!("`cargo kata author stub {id}` writes the stub anew");
                format!("{shown}: {}; {remedy}", difference(&stub, &solution))
            }
        });
    }
    Ok(findings)
}

fn difference(stub: &str, solution: &str) -> String {
    let lines = stub.lines().zip(solution.lines()).find(|(a, b)| a != b);
    match lines {
        Some((stub, solution)) => format!("the stub says\n  {stub}\nand the reference\n  {solution}\n"),
        None => "one of the two goes on where the other ends".to_owned(),
    }
}

/// All Rust files below a folder, as paths from there.
fn rust_files(folder: &Path) -> Result<BTreeSet<PathBuf>, Problem> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).doing("read", &next)? {
            let path = entry.doing("read", &next)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.extend(path.strip_prefix(folder).map(Path::to_owned).ok());
            }
        }
    }
    Ok(files)
}
