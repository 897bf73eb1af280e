//! Which katas are at fault when something does not compile.

use std::fs;
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::rejected::{Extent, Rejected};
use super::signatures::{self, Changed};
use crate::edit;
use crate::workspace::Workspace;

/// Adds what these errors point to: a kata or a whole file of the learner, or the kata that a law cannot call. Says
/// whether anything was added.
pub(super) fn blame(workspace: &Workspace, diagnostics: &[Diagnostic], rejected: &mut Vec<Rejected>) -> bool {
    let (mut added, before) = (false, rejected.clone());
    // What was taken out already and is still at fault has its fault elsewhere in the file.
    let was_out = |file: &Path, kata: &String| {
        before
            .iter()
            .any(|it| it.path == file && matches!(&it.extent, Extent::Katas(katas) if katas.contains(kata)))
    };
    for error in diagnostics.iter().filter(|it| it.is_error) {
        let Some(file) = &error.file else { continue };
        if file.starts_with("katas") && file != Path::new("katas/lib.rs") {
            let text = fs::read_to_string(workspace.path(file)).unwrap_or_default();
            let line = usize::try_from(error.line).unwrap_or(0);
            let kata = edit::at_line(&text, line).filter(|kata| !was_out(file, kata));
            let extent = kata.map_or(Extent::File, |kata| Extent::Katas(vec![kata]));
            added |= add(rejected, file, extent, &error.rendered, &[]);
        } else if let Some((file, law_of)) = called_by(file) {
            let mut changed = changed_signatures(workspace, &file);
            // Of several only those that this law calls, where that can be reported.
            if changed.iter().any(|it| is_of(it, &law_of)) {
                changed.retain(|it| is_of(it, &law_of));
            }
            let katas: Vec<_> = changed.iter().map(kata_of).collect();
            if !katas.is_empty() {
                added |= add(rejected, &file, Extent::Katas(katas), &error.rendered, &changed);
            }
        }
    }
    added
}

fn add(
    rejected: &mut Vec<Rejected>,
    path: &Path,
    extent: Extent,
    rendered: &str,
    signatures: &[Changed],
) -> bool {
    let Some(known) = rejected.iter_mut().find(|it| it.path == path) else {
        let (path, diagnostics, signatures) = (path.to_owned(), rendered.to_owned(), signatures.to_vec());
        rejected.push(Rejected { path, extent, diagnostics, signatures, unreadable: None });
        return true;
    };
    let new_signatures: Vec<_> =
        signatures.iter().filter(|it| !known.signatures.contains(it)).cloned().collect();
    known.signatures.extend(new_signatures);
    if !known.diagnostics.contains(rendered) {
        known.diagnostics += rendered;
    }
    match (&mut known.extent, extent) {
        (Extent::File, _) => false,
        (known, Extent::File) => {
            *known = Extent::File;
            true
        }
        (Extent::Katas(known), Extent::Katas(new)) => {
            let before = known.len();
            known.extend(new);
            known.sort();
            known.dedup();
            known.len() > before
        }
    }
}

/// `tests/m01_linear_algebra/vectors/dot.rs` calls `dot` in `katas/m01_linear_algebra/vectors.rs`.
fn called_by(laws: &Path) -> Option<(PathBuf, String)> {
    let below = laws.strip_prefix("tests").ok()?;
    let file = below.parent().filter(|file| file.components().count() == 2)?;
    let kata = below.file_stem()?.to_string_lossy().into_owned();
    Some((Path::new("katas").join(file).with_extension("rs"), kata))
}

fn kata_of(changed: &Changed) -> String {
    changed.item.split("::").next().unwrap_or_default().to_owned()
}

/// `Welford::mean` is of the kata `welford`.
fn is_of(changed: &Changed, law_of: &str) -> bool {
    kata_of(changed).to_lowercase() == law_of.replace('_', "") || kata_of(changed) == law_of
}

fn changed_signatures(workspace: &Workspace, path: &Path) -> Vec<Changed> {
    let Some(solution) = reference(workspace, path) else { return Vec::new() };
    let learner = fs::read_to_string(workspace.path(path)).unwrap_or_default();
    signatures::changed(&solution, &learner)
}

/// The text of the solution for a file of the learner.
pub(super) fn reference(workspace: &Workspace, path: &Path) -> Option<String> {
    let below = path.strip_prefix("katas").ok()?;
    fs::read_to_string(workspace.path("solutions").join(below)).ok()
}
