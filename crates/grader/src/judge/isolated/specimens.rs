use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use engine::problem::{Doing, Problem};

use super::compile::Workbench;
use super::ipc::dispatch;
use super::judge::Isolated;
use super::milestone::MilestoneJudge;
use crate::sandbox::copy;

/// The specimens of many milestones are more than a learner hands in: seconds of processor time.
const CPU: u64 = 200;

impl Isolated {
    /// Compiles workers that hold all wheats and chaffs, to try the grader itself out; by the ids of their milestones.
    ///
    /// # Errors
    ///
    /// [`Problem`] if they do not compile.
    pub fn compile_specimens(&self, folder: &Path) -> Result<BTreeMap<String, PathBuf>, Problem> {
        self.milestones.iter().map(|it| Ok((it.id.clone(), it.compile_specimens(folder)?))).collect()
    }
}

impl MilestoneJudge {
    fn compile_specimens(&self, folder: &Path) -> Result<PathBuf, Problem> {
        let rustc = self.rustc.with_cpu(CPU);
        let workbench = Workbench::new(self, &rustc, &folder.join(&self.id), 0);
        workbench.lay_out(&BTreeMap::new())?;
        for tree in ["solutions", "specimens"] {
            copy(&self.workspace.path(tree), &workbench.source.join(tree)).doing("copy", folder)?;
        }
        let chosen = "#[path = \"specimens/mod.rs\"]\nmod specimens;\nuse specimens as chosen;\n\
                      #[path = \"solutions/mod.rs\"]\npub mod reference;";
        let root = dispatch::root(&self.files, chosen);
        fs::write(workbench.source.join("root.rs"), root).doing("write", folder)?;
        workbench.compile(&["--cfg=feature=\"specimens\""])?.map_err(|diagnostics| Problem::Repository {
            what: diagnostics.text(),
            remedy: "`cargo kata verify` checks the specimens.".to_owned(),
        })
    }
}
