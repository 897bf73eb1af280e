//! From what was submitted to a worker, in the sandbox. A file that does not compile is replaced by its stub; the others
//! keep their points.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use engine::problem::Problem;

use super::ipc::dispatch;
use super::milestone::MilestoneJudge;
use crate::intake::{flat_name, milestone};
use crate::judge::faults::{ByFile, settle};
use crate::sandbox::{Compilation, CrateSource, Rustc};

/// Where a submission is compiled: the slot's own folder.
pub(super) struct Workbench<'a> {
    judge: &'a MilestoneJudge,
    rustc: &'a Rustc,
    pub(super) source: PathBuf,
    out: PathBuf,
    slot: usize,
}

impl MilestoneJudge {
    /// Compiles a worker from what was submitted of this milestone and of the modules next to it, and says what does not
    /// compile.
    pub(super) fn compile(
        &self,
        submitted: &BTreeMap<String, String>,
        folder: &Path,
        slot: usize,
        cpu: u64,
    ) -> Result<(PathBuf, ByFile), Problem> {
        let rustc = self.rustc.with_cpu(cpu);
        let workbench = Workbench::new(self, &rustc, &folder.join(&self.id), slot);
        let is_near = |id: &str| !id.contains('/') || milestone(id) == self.id;
        let is_own = |(id, text): &(&String, &String)| {
            is_near(id) && self.given.get(*id).is_none_or(|given| given.stub != **text)
        };
        let own: ByFile = submitted.iter().filter(is_own).map(|(id, it)| (id.clone(), it.clone())).collect();
        let decided = settle(&own, &mut |files| workbench.build(files))?;
        Ok((decided.built, decided.broken))
    }
}

impl<'a> Workbench<'a> {
    pub(super) fn new(judge: &'a MilestoneJudge, rustc: &'a Rustc, folder: &Path, slot: usize) -> Self {
        Self { judge, rustc, source: folder.join("src"), out: folder.join("out"), slot }
    }

    /// Writes what no submission has a say in, and these files; nothing else stays there.
    pub(super) fn lay_out(&self, files: &ByFile) -> Result<(), Problem> {
        let mut source = BTreeMap::from([("root.rs".to_owned(), self.judge.root())]);
        let mut lists: BTreeMap<String, String> = BTreeMap::new();
        for file in &self.judge.files {
            let (milestone, name) = file.id.split_once('/').unwrap_or(("", &file.id));
            *lists.entry(format!("{milestone}/mod")).or_default() += &format!("pub mod {name};\n");
            source.insert(format!("answers/{}.rs", flat_name(&file.id)), dispatch::answers(file));
        }
        let milestones = lists.keys().filter_map(|it| it.strip_suffix("/mod"));
        let list = milestones.map(|it| format!("pub mod {it};\n")).collect();
        lists.insert("mod".to_owned(), list);
        lists.extend(files.iter().map(|(id, text)| (id.clone(), text.clone())));
        source.extend(lists.into_iter().map(|(id, text)| (format!("katas/{id}.rs"), text)));
        self.crate_source(&[]).write(&source)
    }

    /// Compiles the stubs with these files in their places, and these modules of the learner's own.
    fn build(&self, files: &ByFile) -> Compilation<PathBuf> {
        let stubs = self.judge.given.iter().map(|(id, given)| (id.clone(), given.stub.clone()));
        let mut all: ByFile = stubs.collect();
        all.extend(files.iter().map(|(id, text)| (id.clone(), text.clone())));
        self.lay_out(&all)?;
        self.compile(&[])
    }

    /// Compiles what lies there.
    pub(super) fn compile(&self, also: &[&str]) -> Compilation<PathBuf> {
        let compiled = self.rustc.compile(&self.crate_source(also), self.slot)?;
        if compiled.is_err() {
            self.judge.libraries.check()?;
        }
        Ok(compiled)
    }

    fn crate_source(&self, also: &[&str]) -> CrateSource<'_> {
        let mut arguments = self.judge.libraries.arguments(&[]);
        arguments.extend(["--cap-lints", "allow"].iter().chain(also).map(|it| (*it).to_owned()));
        CrateSource {
            name: "katas",
            source: &self.source,
            out: &self.out,
            output: "worker",
            kind: "bin",
            mounts: vec![(self.judge.libraries.folder.as_path(), "/deps")],
            arguments,
        }
    }
}
