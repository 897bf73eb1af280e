//! When a file of the learner does not compile, the others are judged all the same: in a shadow of the package below
//! the target folder, where the stub stands in for that file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::build::{BuildFailure, Diagnostic, Laws, Variant, build};
use super::{Refused, signatures};
use crate::outline::outline;
use crate::problem::{Doing, Problem};
use crate::show::Progress;
use crate::workspace::Workspace;

/// Not needed to build the laws, or the shadow itself.
const LEFT_OUT: [&str; 3] = ["target", "book", "mutants.out"];

/// Builds the laws around the files that these diagnostics, and then further ones, point to.
pub(crate) fn build_around(
    workspace: &Workspace,
    variant: &Variant,
    diagnostics: Vec<Diagnostic>,
    progress: &mut Progress,
) -> Result<(Laws, Vec<Refused>), Problem> {
    let shadow = Variant { root: variant.target.join("kata").join("shadow"), ..variant.clone() };
    let (mut refused, mut diagnostics): (Vec<Refused>, _) = (Vec::new(), diagnostics);
    loop {
        let more = blame(workspace, &diagnostics, &refused);
        if more.is_empty() {
            return Err(not_the_learners(&diagnostics));
        }
        refused.extend(more);
        cast(workspace, &shadow.root, &refused)?;
        match build(&shadow, progress) {
            Ok(laws) => return Ok((laws, refused)),
            Err(BuildFailure::Problem(problem)) => return Err(problem),
            Err(BuildFailure::Refused(further)) => diagnostics = further,
        }
    }
}

/// The learner's files that are at fault: those that errors point to, and those whose signatures the laws cannot call.
fn blame(workspace: &Workspace, diagnostics: &[Diagnostic], known: &[Refused]) -> Vec<Refused> {
    let mut blamed: Vec<Refused> = Vec::new();
    for error in diagnostics.iter().filter(|it| it.is_error) {
        let Some(file) = &error.file else { continue };
        let (path, kata) = match (file.strip_prefix("katas"), file.strip_prefix("tests")) {
            (Ok(below), _) if below != Path::new("lib.rs") => (file.clone(), None),
            // tests/m01_linear_algebra/vectors/dot.rs calls katas/m01_linear_algebra/vectors.rs.
            (_, Ok(below)) => match below.parent() {
                Some(parent) if parent.components().count() == 2 => {
                    (Path::new("katas").join(parent.with_extension("rs")), below.file_stem())
                }
                _ => continue,
            },
            _ => continue,
        };
        if known.iter().any(|it| it.path == path) {
            continue;
        }
        let signatures = if kata.is_some() { changed_signatures(workspace, &path) } else { Vec::new() };
        if kata.is_some() && signatures.is_empty() {
            continue;
        }
        match blamed.iter_mut().find(|it| it.path == path) {
            Some(refused) => refused.diagnostics += &error.rendered,
            None => blamed.push(Refused { path, diagnostics: error.rendered.clone(), signatures }),
        }
    }
    blamed
}

fn changed_signatures(workspace: &Workspace, path: &Path) -> Vec<signatures::Changed> {
    let Some(solution) = reference(workspace, path) else { return Vec::new() };
    let learner = fs::read_to_string(workspace.path(path)).unwrap_or_default();
    signatures::changed(&solution, &learner)
}

/// The text of the solution for a file of the learner.
fn reference(workspace: &Workspace, path: &Path) -> Option<String> {
    let below = path.strip_prefix("katas").ok()?;
    fs::read_to_string(workspace.path("solutions").join(below)).ok()
}

fn not_the_learners(diagnostics: &[Diagnostic]) -> Problem {
    let errors = diagnostics.iter().filter(|it| it.is_error).map(|it| it.rendered.as_str());
    let remedy = "Only files below katas/ are yours to change. `git status` shows what differs, and \
                  `git restore PATH` brings a file back.";
    Problem::DoesNotCompile { diagnostics: errors.collect(), remedy: remedy.to_owned() }
}

/// Lays out the shadow: the repository as it is, with stubs for the files that do not compile. Files that have not
/// changed are left alone, so that cargo builds as little as it can.
fn cast(workspace: &Workspace, shadow: &Path, refused: &[Refused]) -> Result<(), Problem> {
    for entry in fs::read_dir(workspace.root()).doing("read", workspace.root())?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !LEFT_OUT.contains(&name.as_str()) && entry.path() != workspace.target()
        {
            copy(&entry.path(), &shadow.join(&name), &|path| {
                let path = path.strip_prefix(workspace.root()).unwrap_or(path);
                refused.iter().any(|it| it.path == path)
            })?;
        }
    }
    for Refused { path, .. } in refused {
        let stub = outline(&reference(workspace, path).unwrap_or_default());
        write_if_changed(&shadow.join(path), stub.as_bytes())?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path, skip: &dyn Fn(&Path) -> bool) -> Result<(), Problem> {
    if !from.is_dir() {
        return if skip(from) { Ok(()) } else { write_if_changed(to, &fs::read(from).doing("read", from)?) };
    }
    fs::create_dir_all(to).doing("make the folder", to)?;
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(from).doing("read", from)?.flatten() {
        names.insert(entry.file_name());
        copy(&entry.path(), &to.join(entry.file_name()), skip)?;
    }
    // What is gone from the repository goes from the shadow.
    let left: Vec<PathBuf> =
        fs::read_dir(to).doing("read", to)?.flatten().map(|entry| entry.path()).collect();
    for path in left.iter().filter(|path| path.file_name().is_some_and(|name| !names.contains(name))) {
        let _a_folder = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    }
    Ok(())
}

fn write_if_changed(path: &Path, text: &[u8]) -> Result<(), Problem> {
    if fs::read(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).doing("write", path)
}
