use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use engine::catalog::Kata;
use engine::hash::Hash;
use engine::problem::Problem;

use super::plan::Plan;
use crate::judge::cargo::{PROFILE, output};
use crate::judge::in_process::{InProcess, InProcessPlan};
use crate::judge::isolated::{Isolated, IsolatedParts};
use crate::sandbox::{RepositoryLock, Rustc, Sandbox};

/// A plan of which everything is built. As long as it lives, no other grader works in this repository.
pub struct Prepared {
    pub(super) plan: Plan,
    pub(super) folder: PathBuf,
    pub(super) isolated: Isolated,
    pub(super) in_process: InProcessState,
    /// What each file is before a learner wrote in it.
    pub(super) stubs: BTreeMap<String, String>,
    /// The compiler and this program: both decide how a submission is compiled and judged.
    pub(super) tools: String,
    _lock: RepositoryLock,
}

/// The judge of the katas that cannot be judged in a process of their own.
pub enum InProcessState {
    /// There are no such katas, or they are not graded.
    NotNeeded,
    /// It is ready.
    Ready(Box<InProcess>),
    /// It could not be built, for this reason; the other katas are graded all the same.
    Failed(String),
}

impl Plan {
    /// Takes the lock of the repository, then builds everything that judging needs.
    ///
    /// # Errors
    ///
    /// [`Problem`] if another grader is at work here, or if something is missing: nothing can be graded then.
    pub fn prepare(self, say: &mut dyn FnMut(&str)) -> Result<Prepared, Problem> {
        let sandbox = Sandbox::find()?;
        let folder = self.folder();
        let lock = RepositoryLock::acquire(&folder)?;
        let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
        let rustc = Rustc::new(sandbox, PathBuf::from(sysroot.trim()));
        let parts = IsolatedParts {
            workspace: &self.workspace,
            folder: folder.clone(),
            catalog: &self.catalog,
            files: self.files.clone(),
            rustc: rustc.clone(),
        };
        let isolated = Isolated::prepare(parts, say)?;
        let in_process = in_process(&self, &isolated, rustc.clone(), folder.join("inside"), say);
        let mut stubs: BTreeMap<String, String> = isolated.stubs().collect();
        if let InProcessState::Ready(judge) = &in_process {
            stubs.extend(judge.stubs());
        }
        let tools = tools(&rustc)?;
        Ok(Prepared { plan: self, folder, isolated, in_process, stubs, tools, _lock: lock })
    }
}

/// The version of the compiler, and a hash of the programs that compile and judge.
fn tools(rustc: &Rustc) -> Result<String, Problem> {
    let mut programs = vec![rustc.sandbox().supervisor().to_owned()];
    // Where it cannot be found, the supervisor next to it stands for both.
    programs.extend(std::env::current_exe());
    let mut texts = Hash::of(output(Command::new("rustc").arg("-vV"))?.as_bytes());
    programs.iter().for_each(|program| texts.add_tree(program));
    Ok(texts.to_string())
}

/// Builds the judge of those katas that are not called over IPC.
fn in_process(
    plan: &Plan,
    isolated: &Isolated,
    rustc: Rustc,
    folder: PathBuf,
    say: &mut dyn FnMut(&str),
) -> InProcessState {
    if plan.is_channel_only {
        return InProcessState::NotNeeded;
    }
    let is_needed = |kata: &&Kata| isolated.obstacle(kata).is_some() && kata.unmet().is_none();
    let katas: Vec<Kata> = plan.katas.iter().filter(is_needed).cloned().collect();
    if katas.is_empty() {
        return InProcessState::NotNeeded;
    }
    let features: Vec<String> = plan.features.iter().cloned().chain(["worker".to_owned()]).collect();
    let in_process = InProcessPlan { katas, features, profile: PROFILE, folder, rustc };
    match InProcess::prepare(&plan.workspace, plan.catalog.clone(), in_process, say) {
        Ok(judge) => InProcessState::Ready(Box::new(judge)),
        Err(problem) => InProcessState::Failed(problem.to_string()),
    }
}
