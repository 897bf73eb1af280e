use std::path::{Path, PathBuf};
use std::{fs, io};

use engine::problem::{Doing, Problem};

use super::Stage;
use crate::assignment::Assignment;
use crate::crossing::dispatch;

/// Compiles a worker that holds all wheats and chaffs, to try the grader itself out.
///
/// # Errors
///
/// [`Problem`] if they do not compile.
pub fn compile_specimens(assignment: &Assignment, folder: &Path) -> Result<PathBuf, Problem> {
    let stage = Stage { assignment, folder, slot: 0 };
    stage.lay_out()?;
    for tree in ["solutions", "specimens"] {
        copy(&assignment.workspace.path(tree), &stage.source().join(tree)).doing("copy", folder)?;
    }
    let chosen =
        "#[path = \"specimens/mod.rs\"]\nmod chosen;\n#[path = \"solutions/mod.rs\"]\npub mod reference;";
    let root = dispatch::root(&assignment.files, chosen);
    fs::write(stage.source().join("root.rs"), root).doing("write", folder)?;
    stage.run(&["--cfg=feature=\"specimens\""])?.map_err(|what| Problem::Repository {
        what,
        remedy: "`cargo kata verify` checks the specimens.".to_owned(),
    })
}

/// Copies a file, or a folder with all that lies in it.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    fs::read_dir(from)?.try_for_each(|entry| {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))
    })
}
