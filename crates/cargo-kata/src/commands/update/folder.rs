//! A newer version that lies in another folder, as a ZIP that was downloaded and unpacked.

use std::fs;
use std::path::{Path, PathBuf};

use super::plan::Plan;
use crate::commands::Context;
use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;

/// What belongs to a machine or a learner, and to no version.
const OWN: [&str; 4] = [".git", ".kata", "target", "katas"];

/// Puts the newer version in the place of this one. The old one is moved aside, whole.
pub(super) fn apply(context: &Context, newer: &Workspace, plan: &Plan) -> Result<(), Problem> {
    // Texts are kept before anything is replaced, each as `restore` lists it.
    for change in &plan.changes {
        if let Some(before) = change.before.as_ref().filter(|before| **before != change.moved.text) {
            context.memory.keep(&change.path.replace('/', "."), before.as_bytes())?;
        }
    }
    let aside = aside(context)?;
    for entry in fs::read_dir(newer.root()).doing("read", newer.root())?.flatten() {
        let name = entry.file_name();
        if OWN.iter().any(|own| name == *own) {
            continue;
        }
        let here = context.workspace.path(&name);
        if here.exists() {
            fs::rename(&here, aside.join(&name)).doing("move aside", &here)?;
        }
        copy(&entry.path(), &here)?;
    }
    // The learner's own files between the katas stay; the katas themselves are written afterwards.
    copy(&newer.path("katas"), &context.workspace.path("katas"))?;
    for change in &plan.changes {
        let path = context.workspace.path(&change.path);
        write_whole(&path, change.moved.text.as_bytes()).doing("write", &path)?;
    }
    if !context.json {
        context.print(&format!("the old suite is in {}\n", aside.display()));
    }
    Ok(())
}

/// A fresh folder for what is replaced.
fn aside(context: &Context) -> Result<PathBuf, Problem> {
    let folders = (1..).map(|k| context.workspace.path(format!(".kata/backups/suite-{k}")));
    let folder = folders.into_iter().find(|folder| !folder.exists()).unwrap_or_default();
    fs::create_dir_all(&folder).doing("make the folder", &folder)?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    if from.is_dir() {
        fs::create_dir_all(to).doing("make the folder", to)?;
        for entry in fs::read_dir(from).doing("read", from)?.flatten() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
        return Ok(());
    }
    fs::copy(from, to).doing("write", to).map(drop)
}
