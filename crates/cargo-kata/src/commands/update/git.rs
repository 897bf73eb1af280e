//! A newer version from where the clone came from.

use std::path::PathBuf;
use std::process::Command;

use super::plan::Plan;
use crate::commands::Context;
use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;

/// A newer version, checked out next to this one; it is gone with this value.
pub(super) struct Fetched {
    pub(super) workspace: Workspace,
    commit: String,
    folder: PathBuf,
    root: PathBuf,
}

impl Drop for Fetched {
    fn drop(&mut self) {
        let folder = self.folder.to_string_lossy().into_owned();
        let _gone_already = git(&self.root, &["worktree", "remove", "--force", &folder]);
    }
}

/// Fetches; `None` where there is nothing newer.
pub(super) fn fetch(context: &Context) -> Result<Option<Fetched>, Problem> {
    let root = context.workspace.root().to_owned();
    if git(&root, &["rev-parse", "--is-inside-work-tree"]).is_err() || !root.join(".git").exists() {
        return Err(Problem::Usage {
            what: "this folder is no clone, so git cannot fetch a newer version".to_owned(),
            remedy: "Download and unpack one: `cargo kata update --from DIR`.".to_owned(),
        });
    }
    if !git(&root, &["status", "--porcelain", "--untracked-files=no"])?.is_empty() {
        return Err(Problem::Usage {
            what: "there are changes that are not committed".to_owned(),
            remedy: "Commit them first: `git add katas && git commit -m 'My katas'`.".to_owned(),
        });
    }
    git(&root, &["fetch", "--quiet"])?;
    let upstream = git(&root, &["rev-parse", "--verify", "--quiet", "@{upstream}"])
        .or_else(|_| git(&root, &["rev-parse", "--verify", "origin/HEAD"]))?;
    if git(&root, &["merge-base", "--is-ancestor", &upstream, "HEAD"]).is_ok() {
        return Ok(None);
    }
    let folder = context.workspace.target().join("kata").join("update");
    let name = folder.to_string_lossy().into_owned();
    let _there_was_none = git(&root, &["worktree", "remove", "--force", &name]);
    git(&root, &["worktree", "add", "--quiet", "--detach", &name, &upstream])?;
    let workspace = Workspace::around(&folder)?;
    Ok(Some(Fetched { workspace, commit: upstream, folder, root }))
}

impl Fetched {
    /// Merges; what the learner has written is taken from the plan.
    pub(super) fn merge(&self, context: &Context, plan: &Plan) -> Result<(), Problem> {
        let root = &self.root;
        for change in &plan.changes {
            if let Some(before) = change.before.as_ref().filter(|before| **before != change.moved.text) {
                context.memory.keep(&change.path.replace('/', "."), before.as_bytes())?;
            }
        }
        // Conflicts in katas are decided below; elsewhere the suite's text counts.
        let merged = git(root, &["merge", "--quiet", "--no-commit", "--no-ff", "-X", "theirs", &self.commit]);
        for change in &plan.changes {
            let path = context.workspace.path(&change.path);
            write_whole(&path, change.moved.text.as_bytes()).doing("write", &path)?;
        }
        git(root, &["add", "--all", "--", "katas"])?;
        let conflicts = git(root, &["diff", "--name-only", "--diff-filter=U"])?;
        if !conflicts.is_empty() {
            git(root, &["merge", "--abort"])?;
            return Err(Problem::Usage {
                what: format!(
                    "you changed files of the suite that it changed too: {}",
                    conflicts.replace('\n', ", ")
                ),
                remedy: "Nothing was updated. `git merge` lets you settle that by hand.".to_owned(),
            });
        }
        // A merge that could not begin leaves nothing to commit.
        match git(root, &["commit", "--quiet", "--message", "Update the suite"]) {
            Ok(_) => Ok(()),
            Err(problem) => Err(merged.err().unwrap_or(problem)),
        }
    }
}

/// What git prints, or the problem that it has.
fn git(root: &std::path::Path, arguments: &[&str]) -> Result<String, Problem> {
    let output = Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(|error| {
        Problem::Program {
            name: "git".to_owned(),
            error,
            remedy: "Install git, or unpack a newer version and use `cargo kata update --from DIR`."
                .to_owned(),
        }
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Problem::Usage {
        what: format!("`git {}` failed: {said}", arguments.first().unwrap_or(&"")),
        remedy: "Nothing of yours is lost: `cargo kata restore` lists what was kept.".to_owned(),
    })
}
