//! When a kata does not compile, the others are judged all the same: in a shadow of the package below the target
//! folder, where stubs stand in for what does not compile.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::blame::{blame, reference};
use super::build::{Laws, Variant, build};
use super::diagnostic::Diagnostic;
use super::failed::BuildFailure;
use super::interrupt;
use super::rejected::{Extent, Rejected};
use crate::Progress;
use crate::edit;
use crate::hash::Hash;
use crate::outline::outline;
use crate::problem::{Doing, Problem};
use crate::workspace::Workspace;

/// All that the laws are built from. Whatever else lies in the repository, such as a target folder, is none of it.
const NEEDED: [&str; 10] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    ".config",
    "katas",
    "solutions",
    "specimens",
    "tests",
    "snapshots",
    "data",
];
const CRATES: &str = "crates";

/// Builds the laws around the katas that these diagnostics, and then further ones, point to.
pub(super) fn build_around(
    workspace: &Workspace,
    variant: &Variant,
    (mut diagnostics, mut rejected): (Vec<Diagnostic>, Vec<Rejected>),
    progress: &mut dyn Progress,
) -> Result<(Laws, Vec<Rejected>), Problem> {
    // Several clones may share one target folder.
    let name = format!("shadow-{}", Hash::of(workspace.root().as_os_str().as_encoded_bytes()));
    let shadow = Variant { root: variant.target.join("kata").join(name), ..variant.clone() };
    // Each round takes something out, so there is a last one.
    while blame(workspace, &diagnostics, &mut rejected) || diagnostics.is_empty() {
        cast(workspace, &shadow.root, &rejected)?;
        match build(&shadow, progress) {
            Ok(laws) => return Ok((laws, rejected)),
            Err(BuildFailure::Problem(problem)) => return Err(problem),
            Err(BuildFailure::Rejected(further)) => diagnostics = further,
        }
    }
    Err(not_the_learners(workspace, &diagnostics))
}

fn not_the_learners(workspace: &Workspace, diagnostics: &[Diagnostic]) -> Problem {
    let errors = diagnostics.iter().filter(|it| it.is_error).map(|it| it.rendered.as_str());
    let remedy = if workspace.path(".git").exists() {
        "Only files below katas/ are yours to change. `git status` shows what differs, and `git restore \
         PATH` brings a file back."
    } else {
        "Only files below katas/ are yours to change. Download the repository once more into another folder, \
         and copy your katas/ over the one in it."
    };
    Problem::DoesNotCompile { diagnostics: errors.collect(), remedy: remedy.to_owned() }
}

/// Lays out the shadow: the repository as it is, with stubs for the files that do not compile. Files that have not
/// changed are left alone, so that cargo builds as little as it can.
fn cast(workspace: &Workspace, shadow: &Path, rejected: &[Rejected]) -> Result<(), Problem> {
    fs::create_dir_all(shadow).doing("make the folder", shadow)?;
    let target = workspace.target();
    let skip = |path: &Path| {
        let below = path.strip_prefix(workspace.root()).unwrap_or(path);
        path == target
            || ["Cargo.toml", "Cargo.lock"].iter().any(|name| below == Path::new(name))
            || rejected.iter().any(|it| it.path == below)
    };
    for name in NEEDED.iter().chain([&CRATES]) {
        let from = workspace.path(name);
        // A tree may be a link to where the learner keeps it; links inside of one lead nowhere that counts.
        match fs::metadata(&from) {
            Ok(entry) if entry.is_dir() => copy_folder(&from, &shadow.join(name), &skip)?,
            Ok(entry) if entry.is_file() => copy_file(&from, &shadow.join(name), &skip)?,
            _ => {}
        }
    }
    rename(workspace, shadow)?;
    for Rejected { path, extent, .. } in rejected {
        let solution = reference(workspace, path).unwrap_or_default();
        let learner = fs::read_to_string(workspace.path(path)).unwrap_or_default();
        let stub = match extent {
            Extent::File => outline(&solution),
            Extent::Katas(katas) => katas
                .iter()
                .fold(learner, |text, kata| edit::reset_in_place(&text, &solution, kata).unwrap_or(text)),
        };
        write_if_changed(&shadow.join(path), stub.as_bytes())?;
    }
    Ok(())
}

/// Cargo distinguishes packages in one target folder by version, not by where they lie: under a version of its own the
/// shadow never passes for the real thing.
fn rename(workspace: &Workspace, shadow: &Path) -> Result<(), Problem> {
    let read = |name: &str| {
        let path = workspace.path(name);
        fs::read_to_string(&path).doing("read", &path)
    };
    let renamed = |text: &str| {
        let version = text.lines().find(|line| line.starts_with("version = \"")).unwrap_or_default();
        text.replacen(version, &format!("{}-shadow\"", version.trim_end_matches('"')), 1)
    };
    write_if_changed(&shadow.join("Cargo.toml"), renamed(&read("Cargo.toml")?).as_bytes())?;
    // In the lock file, what has no source is ours.
    let lock = read("Cargo.lock").unwrap_or_default();
    let (head, packages) = lock.split_once("[[package]]").unwrap_or((&lock, ""));
    let packages = packages.split("[[package]]");
    let ours = |package: &&str| !package.contains("\nsource = ");
    let packages: Vec<_> = packages.map(|it| if ours(&it) { renamed(it) } else { it.to_owned() }).collect();
    let lock = format!("{head}[[package]]{}", packages.join("[[package]]"));
    write_if_changed(&shadow.join("Cargo.lock"), lock.as_bytes())
}

/// Copies the plain files of a folder and of those in it. Hidden ones are an editor's, and what is neither a file nor a
/// folder is no source; a file that goes away meanwhile was not meant to stay.
fn copy_folder(from: &Path, to: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<(), Problem> {
    if interrupt::asked() {
        return Err(Problem::Interrupted);
    }
    fs::create_dir_all(to).doing("make the folder", to)?;
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(from).doing("read", from)?.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let is_hidden = name.to_string_lossy().starts_with('.');
        let Ok(kind) = entry.file_type() else { continue };
        if is_hidden || skip(&path) && kind.is_dir() {
            continue;
        }
        if kind.is_dir() {
            copy_folder(&path, &to.join(&name), skip)?;
        } else if kind.is_file() || kind.is_symlink() && fs::metadata(&path).is_ok_and(|it| it.is_file()) {
            copy_file(&path, &to.join(&name), skip)?;
        } else {
            continue;
        }
        names.insert(name);
    }
    // What is gone from the repository goes from the shadow.
    let left: Vec<PathBuf> =
        fs::read_dir(to).doing("read", to)?.flatten().map(|entry| entry.path()).collect();
    for path in left.iter().filter(|path| path.file_name().is_some_and(|name| !names.contains(name))) {
        let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<(), Problem> {
    match fs::read(from) {
        _ if skip(from) => Ok(()),
        Ok(text) => write_if_changed(to, &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        error => error.doing("read", from).map(|_| ()),
    }
}

fn write_if_changed(path: &Path, text: &[u8]) -> Result<(), Problem> {
    if fs::read(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).doing("write", path)
}
